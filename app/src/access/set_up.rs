//! The form that makes the first account.

use super::navigation::go;
use super::server::set_up;
use crate::Problem;
use crate::parts::{Alert, Field, show_field_errors};
use domain::form::{FieldErrors, SetupForm};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Account name, email and password, with the token of the one-time link.
#[island]
pub fn SetUpForm(token: String, problem: Option<String>) -> impl IntoView {
    let (account, email, password) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let message = RwSignal::new(problem);
    let errors = RwSignal::new(FieldErrors::default());
    let busy = RwSignal::new(false);
    let hidden = token.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = SetupForm {
            account_name: account.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        message.set(None);
        if let Err(found) = form.check() {
            show_field_errors(errors, found);
            return;
        }
        if busy.get_untracked() {
            return;
        }
        errors.set(FieldErrors::default());
        busy.set(true);
        let token = token.clone();
        spawn_local(async move {
            match set_up(token, form.account_name, form.email, form.password).await {
                Ok(()) => go("/settings/api-keys"),
                Err(problem) => {
                    busy.set(false);
                    match problem {
                        Problem::Invalid(found) => show_field_errors(errors, found),
                        other => message.set(Some(other.message())),
                    }
                }
            }
        });
    };
    view! {
        <form class="stack" method="post" action="/api/console/set-up" on:submit=submit novalidate>
            <Alert message />
            <Field id="account_name" label="Account name" kind="text" autocomplete="organization" value=account
                errors hint="Your company, as its members see it." />
            <Field id="email" label="Email" kind="email" autocomplete="username" value=email errors
                hint="You sign in with it." />
            <Field id="password" label="Password" kind="password" autocomplete="new-password" value=password errors
                hint="At least 12 characters. A few words are easier to remember than signs." />
            <input type="hidden" name="token" value=hidden />
            <button class="button primary wide" type="submit" prop:disabled=move || busy.get()>
                {move || if busy.get() { "Creating…" } else { "Create account" }}
            </button>
        </form>
    }
}
