//! A page of the settings that needs no wasm, in the frame.

use crate::context::Visitor;
use crate::layout::SettingsLayout;
use crate::pages::product;
use leptos::prelude::*;
use leptos_meta::Title;
use service::access::Viewer;

/// Loads what a page shows and renders it in the frame, or says why it cannot be shown.
#[component]
pub fn Settings<T, L, F, V>(
    /// The page's heading.
    title: &'static str,
    /// The page's own address.
    path: &'static str,
    /// Loads what the page shows to this visitor.
    load: L,
    /// Renders it.
    render: fn(Viewer, T) -> V,
) -> impl IntoView
where
    T: Send + 'static,
    L: FnOnce(Visitor, Viewer) -> F + Send + 'static,
    F: Future<Output = Result<T, crate::AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    let page = Suspend::new(async move {
        match loaded(load).await {
            Ok((viewer, found)) => {
                let email = viewer.email.clone();
                view! { <SettingsLayout product=product() email>{render(viewer, found)}</SettingsLayout> }.into_any()
            }
            Err(problem) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>"This page cannot be shown"</h1>
                        <p>{problem.message()}</p>
                        <a class="button primary wide" href=path>"Try again"</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! {
        <Title text=format!("{title} · {}", product()) />
        <Suspense>{page}</Suspense>
    }
}

async fn loaded<T, F: Future<Output = Result<T, crate::AppError>>>(
    load: impl FnOnce(Visitor, Viewer) -> F,
) -> Result<(Viewer, T), crate::AppError> {
    use crate::context::{fail, visitor};
    let visitor = visitor()?;
    let viewer = visitor.viewer.clone().map_err(fail)?;
    let found = load(visitor, viewer.clone()).await.map_err(fail)?;
    Ok((viewer, found))
}
