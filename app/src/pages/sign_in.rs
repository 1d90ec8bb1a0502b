//! `/sign-in`: email and password, then the two-factor code of members who use one. Also the answer to a form whose
//! session had ended.

use super::sign_in_code::SignInCodePage;
use super::{CardPage, query};
use crate::context::{app_state, visitor};
use crate::forms::{FormAlert, FormOutcome, KeptFields, KeptForm, SubmitButton, TextField};
use crate::text::access as text;
use crate::text::password_reset::forgot;
use leptos::prelude::*;
use leptos_meta::Link;

/// The form of the first step.
const FORM: &str = "sign-in";
/// An empty stylesheet whose header deletes the settings pages that Back would show.
const CLEAR_CACHES: &str = "/signed-out.css";

/// The step of sign-in that comes next.
#[component]
pub fn SignInPage() -> impl IntoView {
    let typed = FormOutcome::for_form(FORM).typed("next");
    let next = if typed.is_empty() { query("next").unwrap_or_default() } else { typed };
    let signed_out = query("signed-out").is_some();
    let must_start_again = query("problem").as_deref() == Some("start-again");
    // `?again` restarts at the first step, to sign in as someone else.
    let again = query("again").is_some();
    let page = Suspend::new(async move {
        if !again && is_awaiting_code().await {
            return view! { <SignInCodePage next /> }.into_any();
        }
        let former_email = find_former_email().await;
        view! {
            <CardPage title=text::sign_in()>
                <SignInForm next former_email must_start_again />
                <p><a href=super::forgot_password::PATH>{forgot()}</a></p>
            </CardPage>
        }
        .into_any()
    });
    view! {
        {signed_out.then(|| view! { <Link rel="stylesheet" href=CLEAR_CACHES /> })}
        <Suspense>{page}</Suspense>
    }
}

/// Email and password.
#[component]
fn SignInForm(
    /// The path to open afterwards; may be empty.
    next: String,
    /// The email of the member whose session timed out in this browser; may be empty.
    former_email: String,
    /// Whether the second step failed.
    must_start_again: bool,
) -> impl IntoView {
    let outcome = FormOutcome::for_form(FORM);
    let has_timed_out = !former_email.is_empty() && outcome.problem.is_none() && outcome.errors.is_empty();
    let knows_email = !former_email.is_empty() || !outcome.typed("email").is_empty();
    view! {
        {must_start_again.then(|| view! { <p class="note bad" role="alert">{text::start_again()}</p> })}
        {query("signed-out").map(|_| view! { <p class="note" role="status">{text::signed_out()}</p> })}
        {(has_timed_out && !must_start_again).then(|| view! { <p class="note" role="status">{text::sign_in_to_continue()}</p> })}
        <form method="post" action=KeptForm::sign_in_address() class="stack" novalidate>
            <FormAlert form=FORM />
            <TextField
                form=FORM
                name="email"
                label=text::email()
                kind="email"
                autocomplete="username"
                value=former_email
                first=!knows_email
            />
            <TextField
                form=FORM
                name="password"
                label=text::password()
                kind="password"
                autocomplete="current-password"
                first=knows_email
            />
            <input type="hidden" name="next" value=next />
            <KeptFields />
            <SubmitButton form=FORM label=text::sign_in() class="button primary wide" />
        </form>
    }
}

async fn is_awaiting_code() -> bool {
    let (Ok(state), Ok(visitor)) = (app_state(), visitor()) else { return false };
    let Some(token) = visitor.token else { return false };
    // If the database is down, the form of the first step reports it when it is sent.
    state.keyhatch.sessions().awaits_code(&token).await.unwrap_or(false)
}

/// The email of the member whose session timed out in this browser; empty if there is none.
async fn find_former_email() -> String {
    let (Ok(state), Ok(visitor)) = (app_state(), visitor()) else { return String::new() };
    let Some(token) = visitor.token else { return String::new() };
    state.keyhatch.sessions().find_email_of_timed_out(&token).await.ok().flatten().unwrap_or_default()
}
