//! The set-up form, which creates the first account.

use super::navigation::load_page;
use super::server::set_up;
use crate::AppError;
use crate::components::{Field, alert, show_field_errors, submit};
use crate::dom::el;
use crate::wire::initial_state;
use domain::form::{FieldErrors, SetupForm};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;

const ACCOUNT_NAME: Field = Field {
    id: "account_name",
    label: "Account name",
    kind: "text",
    autocomplete: "organization",
    hint: "Your company, as its members see it.",
};
const EMAIL: Field =
    Field { id: "email", label: "Email", kind: "email", autocomplete: "username", hint: "You sign in with it." };
const PASSWORD: Field = Field {
    id: "password",
    label: "Password",
    kind: "password",
    autocomplete: "new-password",
    hint: "At least 12 characters. A few words are easier to remember than symbols.",
};

/// Initial state of the island, from the query string.
#[derive(Clone, Serialize)]
pub struct SetUpInitialState {
    /// Token of the one-time set-up link.
    pub token: String,
    /// The error of a plain form post, as a message.
    pub problem: Option<String>,
}

/// Sends the form, and opens the new account's keys or shows what is wrong.
async fn create_account(
    token: String,
    form: SetupForm,
    busy: RwSignal<bool>,
    errors: RwSignal<FieldErrors>,
    message: RwSignal<Option<String>>,
) {
    match set_up(token, form.account_name, form.email, form.password).await {
        Ok(()) => load_page("/settings/api-keys"),
        Err(problem) => {
            busy.set(false);
            match problem {
                AppError::Invalid(found) => show_field_errors(errors, found),
                other => message.set(Some(other.message())),
            }
        }
    }
}

/// Account name, email and password, and the set-up token as a hidden field.
#[island]
pub fn SetUpForm() -> impl IntoView {
    let (SetUpInitialState { token, problem }, text) = initial_state("set-up");
    let (account, email, password) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let message = RwSignal::new(problem);
    let errors = RwSignal::new(FieldErrors::default());
    let busy = RwSignal::new(false);
    let hidden = token.clone();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        let form = SetupForm {
            account_name: account.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        message.set(None);
        let found = form.errors();
        if !found.is_empty() {
            show_field_errors(errors, found);
            return;
        }
        if busy.get_untracked() {
            return;
        }
        errors.set(FieldErrors::default());
        busy.set(true);
        spawn_local(create_account(token.clone(), form, busy, errors, message));
    };
    el("form")
        .attr("id", "set-up")
        .attr("data-initial-state", text)
        .class("stack")
        .attr("method", "post")
        .attr("action", "/api/console/set-up")
        .attr("novalidate", "")
        .on("submit", send)
        .child(alert(message))
        .child(ACCOUNT_NAME.view(account, errors))
        .child(EMAIL.view(email, errors))
        .child(PASSWORD.view(password, errors))
        .child(el("input").attr("type", "hidden").attr("name", "token").attr("value", hidden))
        .child(
            submit("button primary wide")
                .bind_flag("disabled", move || busy.get())
                .bind_text(move || if busy.get() { "Creating…" } else { "Create account" }),
        )
}
