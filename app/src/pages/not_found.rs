//! The 404 page.

use super::CardPage;
use leptos::prelude::*;

/// A message, a link to the key list, and status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
        crate::context::set_status(&crate::AppError::NotFound);
    view! {
        <CardPage title="Page not found">
            <p>"The address may be mistyped, or the page was moved."</p>
            <a class="button primary wide" href="/settings/api-keys">"Go to API Keys"</a>
        </CardPage>
    }
}
