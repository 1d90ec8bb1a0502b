//! Signing in again in the middle of a form: a small dialog above it, and the form is as it was.

use super::server::sign_in;
use crate::parts::{Alert, Dialog, Field};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks for email and password; then `on_done`.
#[component]
pub fn SignInAgain(#[prop(into)] on_done: Callback<()>, #[prop(into)] on_cancel: Callback<()>) -> impl IntoView {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let message = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = sign_in(email.get_untracked(), password.get_untracked(), None).await;
            busy.set(false);
            match outcome {
                Ok(()) => on_done.run(()),
                Err(problem) => message.set(Some(problem.message())),
            }
        });
    };
    view! {
        <Dialog title="Sign in again" class="dialog" on_close=on_cancel>
            <p>"Your session has ended. Sign in to go on; nothing you typed is lost."</p>
            <form class="stack" on:submit=submit>
                <Alert message />
                <Field id="again-email" label="Email" kind="email" autocomplete="username" value=email />
                <Field id="again-password" label="Password" kind="password" autocomplete="current-password"
                    value=password />
                <div class="actions end">
                    <button class="button" type="button" on:click=move |_| on_cancel.run(())>"Cancel"</button>
                    <button class="button primary" type="submit" prop:disabled=move || busy.get()>"Sign in"</button>
                </div>
            </form>
        </Dialog>
    }
}
