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
            Ok(true) => view! { <CardPage title=text::set_up()><SetUpForm token /></CardPage> }.into_any(),
            Ok(false) => view! { <CardPage title=text::set_up_closed()><Closed /></CardPage> }.into_any(),
            Err(message) => view! { <CardPage title=text::set_up_unavailable()><p>{message}</p></CardPage> }.into_any(),
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
                label=text::account_name()
                autocomplete="organization"
                hint=text::account_name_hint()
                first=true
            />
            <TextField
                form=FORM
                name="email"
                label=text::email()
                kind="email"
                autocomplete="username"
                hint=text::email_hint()
            />
            <TextField
                form=FORM
                name="password"
                label=text::password()
                kind="password"
                autocomplete="new-password"
                hint=text::password_hint()
            />
            <input type="hidden" name="token" value=token />
            <SubmitButton form=FORM label=text::create_account() class="button primary wide" />
        </form>
    }
}

#[component]
fn Closed() -> impl IntoView {
    view! {
        <p>{text::set_up_closed_advice()}</p>
        <a class="button primary wide" href="/sign-in">{text::go_to_sign_in()}</a>
    }
}

async fn is_open(token: &str) -> Result<bool, String> {
    let state = app_state().map_err(|error| error.message())?;
    let open = state.keyhatch.setup().is_open(token).await;
    open.map_err(|error| fail(error).message())
}
