//! A question before something that cannot be taken back. It is open because the address says so, so its buttons are
//! links and forms; `inert` on the rest of the page keeps the keyboard inside.

use super::{FormAlert, Submit};
use leptos::prelude::*;

/// An open dialog with a question, a way back and a button that does it.
#[component]
pub fn Confirm(
    /// The form that does it.
    form: &'static str,
    /// The heading.
    title: &'static str,
    /// What the button says.
    action: &'static str,
    /// The page, to which *Cancel* leads back and the form posts.
    page: &'static str,
    /// What it is about, for the form's field `id`.
    id: String,
    /// The question, and what will be so afterwards.
    children: Children,
) -> impl IntoView {
    view! {
        <dialog class="dialog" open aria-modal="true" aria-labelledby="question">
            <header class="dialog-head">
                <h2 id="question">{title}</h2>
                <a class="icon-button plain-link" href=page aria-label="Close">"✕"</a>
            </header>
            <FormAlert form />
            {children()}
            <form method="post" action=page class="actions end">
                <input type="hidden" name="id" value=id />
                <a class="button" href=page autofocus>"Cancel"</a>
                <Submit form label=action class="button danger" />
            </form>
        </dialog>
    }
}
