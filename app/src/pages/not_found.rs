//! The 404 page.

use super::CardPage;
use crate::text::frame as text;
use leptos::prelude::*;

/// A message, a link to the key list, and status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    crate::context::set_status(&crate::AppError::NotFound);
    view! {
        <CardPage title=text::not_found()>
            <p>{text::not_found_advice()}</p>
            <a class="button primary wide" href="/settings/api-keys">{text::go_to_keys()}</a>
        </CardPage>
    }
}
