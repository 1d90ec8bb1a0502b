//! Dialogs that the server renders. The URL opens them, so their buttons are links and forms; `inert` on the rest of the
//! page keeps the keyboard focus inside.

use super::{FormAlert, SubmitButton};
use crate::text::members::{cancel, close};
use leptos::prelude::*;

/// An open dialog: a heading, a link that closes it, and its content.
#[component]
pub fn PageDialog(
    /// The heading.
    title: &'static str,
    /// The URL of the page without the dialog.
    page: &'static str,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <dialog class="dialog" open aria-modal="true" aria-labelledby="question">
            <header class="dialog-head">
                <h2 id="question">{title}</h2>
                <a class="icon-button plain-link" href=page aria-label=close()>"✕"</a>
            </header>
            {children()}
        </dialog>
    }
}

/// A dialog with a question, *Cancel*, and the confirming button.
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
    /// The hidden fields of the form, with their values.
    fields: Vec<(&'static str, String)>,
    /// The class of the confirming button.
    #[prop(default = "button danger")]
    class: &'static str,
    /// The question, and what the action will do.
    children: Children,
) -> impl IntoView {
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let fields: Vec<_> = fields.collect();
    view! {
        <PageDialog title page>
            <FormAlert form />
            {children()}
            <form method="post" action=page class="actions end">
                {fields}
                <a class="button" href=page autofocus>{cancel()}</a>
                <SubmitButton form label=action class />
            </form>
        </PageDialog>
    }
}
