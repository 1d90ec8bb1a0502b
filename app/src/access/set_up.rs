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

/// The fields and messages of the form.
#[derive(Clone, Copy)]
struct SetUpState {
    account: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    message: RwSignal<Option<String>>,
    errors: RwSignal<FieldErrors>,
    busy: RwSignal<bool>,
}

impl SetUpState {
    fn new(problem: Option<String>) -> Self {
        Self {
            account: RwSignal::new(String::new()),
            email: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            message: RwSignal::new(problem),
            errors: RwSignal::new(FieldErrors::default()),
            busy: RwSignal::new(false),
        }
    }

    /// Checks the form and sends it, once at a time.
    fn submit(self, token: String) {
        let form = SetupForm {
            account_name: self.account.get_untracked(),
            email: self.email.get_untracked(),
            password: self.password.get_untracked(),
        };
        self.message.set(None);
        let found = form.errors();
        if !found.is_empty() {
            show_field_errors(self.errors, found);
            return;
        }
        if self.busy.get_untracked() {
            return;
        }
        self.errors.set(FieldErrors::default());
        self.busy.set(true);
        spawn_local(self.create_account(token, form));
    }

    /// Sends the form, and opens the new account's keys or shows what is wrong.
    async fn create_account(self, token: String, form: SetupForm) {
        match set_up(token, form.account_name, form.email, form.password).await {
            Ok(()) => load_page("/settings/api-keys"),
            Err(problem) => {
                self.busy.set(false);
                match problem {
                    AppError::Invalid(found) => show_field_errors(self.errors, found),
                    other => self.message.set(Some(other.message())),
                }
            }
        }
    }
}

/// Account name, email and password, and the set-up token as a hidden field.
#[island]
pub fn SetUpForm() -> impl IntoView {
    let (SetUpInitialState { token, problem }, text) = initial_state("set-up");
    let state = SetUpState::new(problem);
    let SetUpState { account, email, password, message, errors, busy } = state;
    let hidden = token.clone();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        state.submit(token.clone());
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
