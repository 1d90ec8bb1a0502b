//! The re-authentication dialog of islands that are built from `dom`; goes with them.

use super::server::{SignInStep, sign_in};
use crate::components::{Dialog, Field, alert, button, submit};
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use leptos::prelude::*;
use leptos::task::spawn_local;

const EMAIL: Field = Field { id: "email", label: "Email", kind: "email", autocomplete: "username", hint: "" };
const PASSWORD: Field =
    Field { id: "password", label: "Password", kind: "password", autocomplete: "current-password", hint: "" };

/// The code form is a page of its own, and leaving this page would lose the open form's input.
const CODE_NEEDED: &str =
    "Your password is correct. Open Keyhatch in another tab, enter your code there, then cancel this and save again.";

/// Shows the dialog while `shown` is true; calls `on_done` after a successful sign-in.
pub fn reauthentication_dialog(shown: RwSignal<bool>, on_done: Callback<()>, on_cancel: Callback<()>) -> Element {
    el("div").bind_child(move || shown.get().then(|| dialog(on_done, on_cancel)))
}

fn dialog(on_done: Callback<()>, on_cancel: Callback<()>) -> Element {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(FieldErrors::default());
    let message = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = sign_in(email.get_untracked(), password.get_untracked(), None).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(SignInStep::Done) => on_done.run(()),
                Ok(SignInStep::Code) => drop(message.try_set(Some(CODE_NEEDED.into()))),
                Err(problem) => drop(message.try_set(Some(problem.message()))),
            }
        });
    };
    let form = el("form")
        .class("stack")
        .on("submit", send)
        .child(alert(message))
        .child(Field { id: "again-email", ..EMAIL }.view(email, errors))
        .child(Field { id: "again-password", ..PASSWORD }.view(password, errors))
        .child(
            el("div")
                .class("actions end")
                .child(button("button").on_click(move || on_cancel.run(())).child("Cancel"))
                .child(submit("button primary").bind_flag("disabled", move || busy.get()).child("Sign in")),
        );
    Dialog {
        title: "Sign in again",
        title_id: "sign-in-again",
        badge: None,
        return_focus: String::new(),
        class: "dialog",
        close_on_backdrop: false,
        locked: Signal::stored(false),
        on_close: on_cancel,
    }
    .view()
    .child(el("p").child("Your session has ended. Sign in to continue; nothing you typed is lost."))
    .child(form)
}
