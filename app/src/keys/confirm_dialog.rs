//! A dialog that asks for confirmation, then runs an action. What the action does belongs to its caller.

use super::dialog_context::DialogContext;
use super::form_state::FormState;
use super::overlay::Overlay;
use crate::AppError;
use crate::components::{Dialog, alert, button, link_button};
use crate::dom::{Element, el};
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// A running action.
pub(super) type ActionFuture = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>>;
/// Starts the action.
pub(super) type ConfirmedAction = Callback<(), ActionFuture>;

/// Boxes a running action, so that all dialogs share one type.
pub(super) fn boxed_action(action: impl Future<Output = Result<(), AppError>> + Send + 'static) -> ActionFuture {
    Box::pin(action)
}

/// What a dialog asks, and what it does once confirmed.
pub(super) struct Confirmation {
    pub(super) title: &'static str,
    /// Shown beside the title.
    pub(super) badge: Option<Element>,
    /// The id of the element that gets the focus when the dialog closes.
    pub(super) return_focus: String,
    /// The question, and fields if there are any.
    pub(super) body: Vec<Element>,
    /// The messages of those fields, and of the dialog.
    pub(super) form: FormState,
    /// The text of the confirming button.
    pub(super) label: &'static str,
    /// Whether the action cannot be undone.
    pub(super) is_irreversible: bool,
    /// Runs the action and updates the list.
    pub(super) action: ConfirmedAction,
}

/// The dialog, with `Cancel` and the confirming button.
pub(super) fn confirm_dialog(confirmation: Confirmation, context: DialogContext) -> Element {
    let Confirmation { title, badge, return_focus, body, form, label, is_irreversible, action } = confirmation;
    let DialogContext { hydrated, navigator, .. } = context;
    let on_close = Callback::new(move |()| navigator.close());
    let confirm = move || {
        if form.busy.get_untracked() {
            return;
        }
        form.begin();
        spawn_local(async move {
            let problem = action.run(()).await.err();
            if let Some(AppError::Invalid(found)) = &problem
                && let Some(message) = found.get("ids")
            {
                // The ids have no field of their own.
                let _ = form.message.try_set(Some(message.to_owned()));
                return form.end(None);
            }
            form.end(problem);
        });
    };
    let class = if is_irreversible { "button danger" } else { "button primary" };
    let confirm_button = button(class)
        .bind_flag("disabled", move || !hydrated.get() || form.busy.get())
        .on_click(confirm)
        .bind_text(move || if form.busy.get() { "One moment…" } else { label });
    let cancel = link_button("button", navigator.overlay_url(&Overlay::Closed), move || on_close.run(()))
        .attr("autofocus", "")
        .child("Cancel");
    let buttons = el("div")
        .class("actions end")
        .child(el("noscript").child("This needs JavaScript and WebAssembly."))
        .child(cancel)
        .child(confirm_button);
    let dialog = Dialog {
        title,
        title_id: "question",
        badge,
        return_focus,
        class: "dialog",
        close_on_backdrop: true,
        locked: Signal::stored(false),
        on_close,
    };
    el("div")
        .child(dialog.view().child(alert(form.message)).children(body).child(buttons))
        .child(form.sign_in_again(confirm, Callback::new(|()| ())))
}

/// Appends a key's name and its masked value, so that the right key is recognised.
pub(super) fn name_and_mask(paragraph: Element, key: &KeyView) -> Element {
    paragraph
        .child(el("strong").child(key.name.clone()))
        .child(" (")
        .child(el("span").class("mono").child(key.masked.clone()))
        .child(")")
}
