//! `/setup?token=…`: first-time set-up, opened by the one-time link that Keyhatch prints when it starts.

use super::{CardPage, query};
use crate::access::{SetUpForm, SetUpInitialState};
use crate::error::message_for_code;
use leptos::prelude::*;

/// The set-up form, or what to do if the link is not valid.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = query("token").unwrap_or_default();
    let problem = query("problem").as_deref().and_then(message_for_code);
    let page = Suspend::new(async move {
        match is_open(&token).await {
            Ok(true) => {
                provide_context(SetUpInitialState { token, problem });
                view! { <CardPage title="Set up your account"><SetUpForm /></CardPage> }.into_any()
            }
            Ok(false) => view! { <CardPage title="Set-up is closed"><Closed /></CardPage> }.into_any(),
            Err(message) => view! { <CardPage title="Set-up is unavailable"><p>{message}</p></CardPage> }.into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

#[component]
fn Closed() -> impl IntoView {
    view! {
        <p>"This link was already used or is incomplete. If an account exists, sign in. Otherwise use the link that \
            Keyhatch printed when it started; each start prints a new one until an account exists."</p>
        <a class="button primary wide" href="/sign-in">"Go to sign-in"</a>
    }
}

async fn is_open(token: &str) -> Result<bool, String> {
    let state = crate::context::app_state().map_err(|error| error.message())?;
    let open = state.keyhatch.identity().is_setup_open(token).await;
    open.map_err(|error| crate::context::fail(error).message())
}
