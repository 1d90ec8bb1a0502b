//! `/setup?token=…`: first-time set-up, opened by the one-time link that Keyhatch prints when it starts.

use super::{CardPage, query};
use crate::context::{app_state, fail};
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use crate::text::access as text;
use leptos::prelude::*;

/// The page's form, and the path that it posts to.
const FORM: &str = "set-up";
const PATH: &str = "/setup";

/// The set-up form, or what to do if the link is not valid.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let typed = FormOutcome::for_form(FORM).typed("token");
    let token = if typed.is_empty() { query("token").unwrap_or_default() } else { typed };
    let page = Suspend::new(async move {
        match is_open(&token).await {
            Ok(true) => view! { <CardPage title=text::SET_UP><SetUpForm token /></CardPage> }.into_any(),
            Ok(false) => view! { <CardPage title=text::SET_UP_CLOSED><Closed /></CardPage> }.into_any(),
            Err(message) => view! { <CardPage title=text::SET_UP_UNAVAILABLE><p>{message}</p></CardPage> }.into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

/// Account name, email and password of the first owner.
#[component]
fn SetUpForm(token: String) -> impl IntoView {
    view! {
        <form method="post" action=PATH class="stack" novalidate>
            <FormAlert form=FORM />
            <TextField
                form=FORM
                name="account_name"
                label=text::ACCOUNT_NAME
                autocomplete="organization"
                hint=text::ACCOUNT_NAME_HINT
                first=true
            />
            <TextField
                form=FORM
                name="email"
                label=text::EMAIL
                kind="email"
                autocomplete="username"
                hint=text::EMAIL_HINT
            />
            <TextField
                form=FORM
                name="password"
                label=text::PASSWORD
                kind="password"
                autocomplete="new-password"
                hint=text::PASSWORD_HINT
            />
            <input type="hidden" name="token" value=token />
            <SubmitButton form=FORM label=text::CREATE_ACCOUNT class="button primary wide" />
        </form>
    }
}

#[component]
fn Closed() -> impl IntoView {
    view! {
        <p>{text::SET_UP_CLOSED_ADVICE}</p>
        <a class="button primary wide" href="/sign-in">{text::GO_TO_SIGN_IN}</a>
    }
}

async fn is_open(token: &str) -> Result<bool, String> {
    let state = app_state().map_err(|error| error.message())?;
    let open = state.keyhatch.setup().is_open(token).await;
    open.map_err(|error| fail(error).message())
}
