//! Signing in again above an open form after its session has ended, keeping what was typed. A modal dialog of the
//! browser, because the form that it covers may itself be in a dialog.

use super::server::{SignInStep, sign_in, sign_in_with_code};
use crate::AppError;
use crate::text::access as text;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog while `shown` is true. It must not be inside of a form, because it contains one.
#[component]
pub fn ReauthenticationDialog(
    /// Whether it is open. The caller closes it in `on_done` and `on_cancel`.
    shown: RwSignal<bool>,
    /// Called after a successful sign-in.
    #[prop(into)]
    on_done: Callback<()>,
    /// Called by *Cancel* and Escape.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// The email of the member whose session has ended.
    email: String,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <OpenDialog on_done on_cancel email=email.clone() />
        </Show>
    }
}

#[component]
fn OpenDialog(on_done: Callback<()>, on_cancel: Callback<()>, email: String) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    // Fails only for an element that is not on the page.
    dialog.on_load(|dialog| drop(dialog.show_modal()));
    // Closing gives the focus back to the form.
    on_cleanup(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let keydown = |event: leptos::ev::KeyboardEvent| {
        // Escape is for this dialog, not for the one below.
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    };
    let cancel = move |event: leptos::ev::Event| {
        event.prevent_default();
        on_cancel.run(());
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="again" on:keydown=keydown on:cancel=cancel>
            <header class="dialog-head">
                <h2 id="again">{text::sign_in_again()}</h2>
            </header>
            <p>{text::session_ended()}</p>
            <SignInAgainForm on_done on_cancel email />
        </dialog>
    }
}

/// Email and password, then the code of members who use one.
#[component]
fn SignInAgainForm(on_done: Callback<()>, on_cancel: Callback<()>, email: String) -> impl IntoView {
    let (email_field, secret_field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let (needs_code, busy) = (RwSignal::new(false), RwSignal::new(false));
    let message = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (email, secret) = (value_of(email_field), value_of(secret_field));
        let step = if needs_code.get_untracked() { SignInStep::Code } else { SignInStep::Done };
        busy.set(true);
        spawn_local(async move {
            let outcome = send(step, email, secret).await;
            // The dialog may have been closed meanwhile.
            let _ = busy.try_set(false);
            match outcome {
                Ok(SignInStep::Done) => on_done.run(()),
                Ok(SignInStep::Code) => {
                    let _ = message.try_set(None);
                    let _ = needs_code.try_set(true);
                }
                Err(problem) => {
                    let _ = message.try_set(Some(problem.message()));
                    // The password is asked for again once the code's time is over.
                    let _ = needs_code.try_update(|needs| *needs &= problem != AppError::SignedOut);
                }
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <div role="alert">{move || message.get().map(|message| view! { <p class="note bad">{message}</p> })}</div>
            {move || {
                if needs_code.get() {
                    view! { <CodeField field=secret_field /> }.into_any()
                } else {
                    view! { <PasswordFields email=email.clone() email_field field=secret_field /> }.into_any()
                }
            }}
            <div class="actions end">
                <button class="button" type="button" on:click=move |_| on_cancel.run(())>{text::cancel()}</button>
                <button class="button primary" type="submit" disabled=move || busy.get()>{text::sign_in()}</button>
            </div>
        </form>
    }
}

#[component]
fn PasswordFields(email: String, email_field: NodeRef<Input>, field: NodeRef<Input>) -> impl IntoView {
    focus_on_load(if email.is_empty() { email_field } else { field });
    view! {
        <div class="field">
            <label for="again-email">{text::email()}</label>
            <input
                class="input"
                id="again-email"
                type="email"
                autocomplete="username"
                required
                value=email
                node_ref=email_field
            />
        </div>
        <div class="field">
            <label for="again-password">{text::password()}</label>
            <input
                class="input"
                id="again-password"
                type="password"
                autocomplete="current-password"
                required
                node_ref=field
            />
        </div>
    }
}

#[component]
fn CodeField(field: NodeRef<Input>) -> impl IntoView {
    focus_on_load(field);
    view! {
        <div class="field">
            <label for="again-code">{text::code()}</label>
            <input
                class="input"
                id="again-code"
                autocomplete="one-time-code"
                required
                aria-describedby="again-code-hint"
                node_ref=field
            />
            <p class="hint" id="again-code-hint">{text::code_hint()}</p>
        </div>
    }
}

/// Sends the step's fields; returns what comes next.
async fn send(step: SignInStep, email: String, secret: String) -> Result<SignInStep, AppError> {
    let account = document().get_element_by_id("main").and_then(|main| main.get_attribute("data-account"));
    match step {
        SignInStep::Done => sign_in(email, secret, account).await,
        SignInStep::Code => sign_in_with_code(secret, account).await.map(|()| SignInStep::Done),
    }
}

fn focus_on_load(field: NodeRef<Input>) {
    // In the next frame: the browser focuses the first control of a dialog that it opens.
    field.on_load(|input| request_animation_frame(move || drop(input.focus())));
}

fn value_of(field: NodeRef<Input>) -> String {
    field.get_untracked().map(|input| input.value()).unwrap_or_default()
}
