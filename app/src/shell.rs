//! The HTML document around every page: head, stylesheet, hydration scripts.

use crate::pages::product;
use crate::routes::App;
use crate::text::frame as text;
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// The document. `options.output_name` contains the assets' content hash, so browsers may cache them forever.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    #[cfg(feature = "ssr")]
    crate::context::set_content_security_policy();
    let asset = |ending: &str| format!("/{}/{}.{ending}", options.site_pkg_dir, options.output_name);
    let (icon, style) = (asset("svg"), asset("css"));
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=text::description(&product()) />
                <link rel="icon" type="image/svg+xml" href=icon />
                <link rel="stylesheet" href=style />
                {has_islands().then(|| view! { <HydrationScripts options islands=true /> })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Whether the page may contain islands: only the settings do. Every other page is complete without a script.
fn has_islands() -> bool {
    #[cfg(feature = "ssr")]
    if let Some(parts) = use_context::<http::request::Parts>() {
        return parts.uri.path().starts_with("/settings/");
    }
    true
}
