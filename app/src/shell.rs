//! The HTML document around every page: head, stylesheet, hydration scripts.

use crate::keys::url::KeyDialog;
use crate::pages::product;
use crate::routes::App;
use crate::text::{access, editor, errors, explain, frame as text, list_islands, reveal};
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// The areas of texts that islands of sliders and dialogs write.
const DIALOG_TEXTS: &[&[i18n::TextId]] =
    &[list_islands::IDS, access::IDS, editor::IDS, errors::IDS, explain::IDS, reveal::IDS];

/// The document. `options.output_name` contains the assets' content hash, so browsers may cache them forever.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    crate::context::set_content_security_policy();
    let asset = |ending: &str| format!("/{}/{}.{ending}", options.site_pkg_dir, options.output_name);
    let (icon, style) = (asset("svg"), asset("css"));
    view! {
        <!DOCTYPE html>
        <html lang=i18n::current().language()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=text::description(product()) />
                <link rel="icon" type="image/svg+xml" href=icon />
                <link rel="stylesheet" href=style />
                {scripts(options)}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The script, wasm and texts of this page: only settings have islands, and only a page with a slider or dialog open loads
/// those of forms. Every other page is complete without a script.
fn scripts(mut options: LeptosOptions) -> Option<impl IntoView> {
    let parts = use_context::<http::request::Parts>()?;
    if !parts.uri.path().starts_with("/settings/") {
        return None;
    }
    // A posted form may be answered with a dialog.
    let has_dialog = parts.method == http::Method::POST || parts.uri.query().and_then(KeyDialog::parse).is_some();
    let texts = if has_dialog {
        options.output_name = format!("{}-dialogs", options.output_name).into();
        i18n::current().select(DIALOG_TEXTS)
    } else {
        i18n::current().select(&[list_islands::IDS])
    };
    Some(view! {
        <script type="application/json" id=crate::browser::TEXTS_ID nonce=use_nonce() inner_html=texts></script>
        <HydrationScripts options islands=true />
    })
}
