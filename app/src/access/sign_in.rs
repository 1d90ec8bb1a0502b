//! The sign-in form. Until wasm has loaded it is posted as a plain form.

use super::navigation::load_page;
use super::server::{safe_redirect_path, sign_in};
use crate::components::{Field, alert, submit};
use crate::dom::el;
use crate::wire::initial_state;
use domain::form::FieldErrors;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;

pub(super) const EMAIL: Field =
    Field { id: "email", label: "Email", kind: "email", autocomplete: "username", hint: "" };
pub(super) const PASSWORD: Field =
    Field { id: "password", label: "Password", kind: "password", autocomplete: "current-password", hint: "" };

/// Initial state of the island, from the query string.
#[derive(Clone, Serialize)]
pub struct SignInInitialState {
    /// Path to open after sign-in.
    pub next: Option<String>,
    /// The error of a plain form post, as a message.
    pub problem: Option<String>,
}

/// Email and password; then opens `next` if that is a settings page.
#[island]
pub fn SignInForm() -> impl IntoView {
    let (SignInInitialState { next, problem }, text) = initial_state("sign-in");
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(FieldErrors::default());
    let message = RwSignal::new(problem);
    let busy = RwSignal::new(false);
    let after = next.clone();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let next = after.clone();
        spawn_local(async move {
            match sign_in(email.get_untracked(), password.get_untracked(), next.clone()).await {
                // If a two-factor code is required, that page redirects to the code form.
                Ok(_) => load_page(safe_redirect_path(next.as_deref())),
                Err(problem) => {
                    message.set(Some(problem.message()));
                    busy.set(false);
                }
            }
        });
    };
    el("form")
        .attr("id", "sign-in")
        .attr("data-initial-state", text)
        .class("stack")
        .attr("method", "post")
        .attr("action", "/api/console/sign-in")
        .on("submit", send)
        .child(alert(message))
        .child(EMAIL.view(email, errors))
        .child(PASSWORD.view(password, errors))
        .children(next.map(|next| el("input").attr("type", "hidden").attr("name", "next").attr("value", next)))
        .child(
            submit("button primary wide")
                .bind_flag("disabled", move || busy.get())
                .bind_text(move || if busy.get() { "Signing in…" } else { "Sign in" }),
        )
}
