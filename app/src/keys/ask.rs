//! A dialog that asks before something is done to keys, and does it. What is asked is for others to say.

use super::around::Around;
use super::place::Place;
use crate::AppError;
use crate::access::reauthentication_dialog;
use crate::dom::{Element, el};
use crate::parts::{Dialog, alert, button, link_button, show_field_errors};
use domain::form::FieldErrors;
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// What is under way once a dialog was answered.
pub(super) type Doing = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>>;
/// What a dialog does once it was answered.
pub(super) type Act = Callback<(), Doing>;

/// Boxes what is under way.
pub(super) fn doing(what: impl Future<Output = Result<(), AppError>> + Send + 'static) -> Doing {
    Box::pin(what)
}

/// What is asked.
pub(super) struct Ask {
    pub(super) title: &'static str,
    /// What stands beside the heading.
    pub(super) mark: Option<Element>,
    /// The id of what gets the focus afterwards.
    pub(super) home: String,
    /// The question, and fields if there are any.
    pub(super) body: Vec<Element>,
    /// The messages of its fields.
    pub(super) errors: RwSignal<FieldErrors>,
    /// What the button says.
    pub(super) label: &'static str,
    /// Whether it cannot be undone.
    pub(super) is_final: bool,
    /// Does it and tells what was done.
    pub(super) act: Act,
}

/// Asks with `Cancel` and one other button.
pub(super) fn ask(ask: Ask, around: Around) -> Element {
    let Ask { title, mark, home, body, errors, label, is_final, act } = ask;
    let Around { awake, navigator, .. } = around;
    let on_close = Callback::new(move |()| navigator.close());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        message.set(None);
        errors.set(FieldErrors::default());
        busy.set(true);
        spawn_local(async move {
            let outcome = act.run(()).await;
            // The dialog is gone by now if it was done.
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {}
                Err(AppError::Invalid(found)) if found.get("ids").is_none() => show_field_errors(errors, found),
                Err(AppError::Invalid(found)) => drop(message.try_set(found.get("ids").map(ToOwned::to_owned))),
                Err(AppError::SignedOut) => drop(signed_out.try_set(true)),
                Err(problem) => drop(message.try_set(Some(problem.message()))),
            }
        });
    };
    let class = if is_final { "button danger" } else { "button primary" };
    let actions = el("div")
        .class("actions end")
        .child(el("noscript").child("This needs JavaScript and WebAssembly."))
        .child(
            link_button("button", navigator.address(&Place::List), move || on_close.run(()))
                .attr("autofocus", "")
                .child("Cancel"),
        )
        .child(
            button(class)
                .live_flag("disabled", move || !awake.get() || busy.get())
                .on_click(go)
                .live_text(move || if busy.get() { "One moment…" } else { label }),
        );
    let dialog = Dialog {
        title,
        title_id: "question",
        mark,
        home,
        class: "dialog",
        veil_closes: true,
        locked: Signal::stored(false),
        on_close,
    };
    let on_signed_in = Callback::new(move |()| {
        signed_out.set(false);
        go();
    });
    let on_cancel = Callback::new(move |()| signed_out.set(false));
    el("div").child(dialog.view().child(alert(message)).children(body).child(actions)).child(reauthentication_dialog(
        signed_out,
        on_signed_in,
        on_cancel,
    ))
}

/// A key's name and the end of its value.
pub(super) fn named(paragraph: Element, key: &KeyView) -> Element {
    paragraph
        .child(el("strong").child(key.name.clone()))
        .child(" (")
        .child(el("span").class("mono").child(key.masked.clone()))
        .child(")")
}
