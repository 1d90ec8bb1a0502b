//! A confirmation before an irreversible action. The URL opens it, so its buttons are links and forms; `inert` on the
//! rest of the page keeps the keyboard focus inside.

use super::{FormAlert, SubmitButton};
use leptos::prelude::*;

/// An open dialog with a question, *Cancel*, and the confirming button.
#[component]
pub fn ConfirmDialog(
    /// The name of the form that runs the action.
    form: &'static str,
    /// The heading.
    title: &'static str,
    /// The text of the confirming button.
    action: &'static str,
    /// The URL of the page, which *Cancel* links to and the form posts to.
    page: &'static str,
    /// The id of the affected item, for the form's field `id`.
    id: String,
    /// The question, and what the action will do.
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
                <SubmitButton form label=action class="button danger" />
            </form>
        </dialog>
    }
}
