//! The frame around a settings page that needs no wasm.

use crate::context::Visitor;
use crate::layout::SettingsLayout;
use crate::pages::product;
use crate::text::frame as text;
use leptos::prelude::*;
use leptos_meta::Title;
use service::actor::Viewer;

/// Loads a page's data and renders it in the frame, or shows why that failed.
#[component]
pub fn SettingsPage<T, L, F, V>(
    /// The page's heading.
    title: &'static str,
    /// The page's path.
    path: &'static str,
    /// Loads the data that this visitor may see.
    load: L,
    /// Renders the data.
    render: fn(Viewer, T) -> V,
    /// Renders the dialog that the URL or a refused form opens; the rest of the page is inert then.
    #[prop(optional)]
    dialog: Option<fn(&Viewer, &T) -> Option<AnyView>>,
) -> impl IntoView
where
    T: Send + 'static,
    L: FnOnce(Visitor, Viewer) -> F + Send + 'static,
    F: Future<Output = Result<T, crate::AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    let page = Suspend::new(async move {
        match load_for_visitor(load).await {
            Ok((viewer, data)) => {
                let email = viewer.email.clone();
                let dialog = dialog.and_then(|dialog| dialog(&viewer, &data));
                view! {
                    <SettingsLayout product=product() email dialog>{render(viewer, data)}</SettingsLayout>
                }
                .into_any()
            }
            Err(problem) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>{text::page_unavailable()}</h1>
                        <p>{problem.message()}</p>
                        <a class="button primary wide" href=path>{text::try_again()}</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! {
        <Title text=text::document_title(title, product()) />
        <Suspense>{page}</Suspense>
    }
}

async fn load_for_visitor<T, F: Future<Output = Result<T, crate::AppError>>>(
    load: impl FnOnce(Visitor, Viewer) -> F,
) -> Result<(Viewer, T), crate::AppError> {
    use crate::context::{fail, visitor};
    let visitor = visitor()?;
    let viewer = visitor.viewer.clone().map_err(fail)?;
    let data = load(visitor, viewer.clone()).await.map_err(fail)?;
    Ok((viewer, data))
}
