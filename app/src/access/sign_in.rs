//! The sign-in form. Works as a plain form until wasm has arrived.

use super::navigation::go;
use super::server::{inside, sign_in};
use crate::parts::{Alert, Field};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Email and password; afterwards `next`, if it is a page of the settings.
#[island]
pub fn SignInForm(next: Option<String>, problem: Option<String>) -> impl IntoView {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let message = RwSignal::new(problem);
    let busy = RwSignal::new(false);
    let after = next.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let next = after.clone();
        spawn_local(async move {
            match sign_in(email.get_untracked(), password.get_untracked(), next.clone()).await {
                Ok(()) => go(inside(next.as_deref())),
                Err(problem) => {
                    message.set(Some(problem.message()));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <form class="stack" method="post" action="/api/console/sign-in" on:submit=submit>
            <Alert message />
            <Field id="email" label="Email" kind="email" autocomplete="username" value=email />
            <Field id="password" label="Password" kind="password" autocomplete="current-password" value=password />
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            <button class="button primary wide" type="submit" prop:disabled=move || busy.get()>
                {move || if busy.get() { "Signing in…" } else { "Sign in" }}
            </button>
        </form>
    }
}
