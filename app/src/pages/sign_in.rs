//! `/sign-in`: email and password, then the two-factor code of members who use one.

use super::{CardPage, query};
use crate::access::{SignInForm, SignInInitialState};
use crate::error::message_for_code;
use leptos::prelude::*;

/// The step of sign-in that comes next.
#[component]
pub fn SignInPage() -> impl IntoView {
    let problem = query("problem").as_deref().and_then(message_for_code);
    let next = query("next");
    // `?again` restarts at the first step, to sign in as someone else.
    #[cfg(feature = "ssr")]
    let again = query("again").is_some();
    let page = Suspend::new(async move {
        #[cfg(feature = "ssr")]
        if !again && is_awaiting_code().await {
            return view! { <super::sign_in_code::SignInCodePage next=next.unwrap_or_default() /> }.into_any();
        }
        provide_context(SignInInitialState { next, problem });
        view! { <CardPage title="Sign in">
            <SignInForm />
            <p><a href="/forgot-password">{crate::text::password_reset::FORGOT}</a></p>
        </CardPage> }
        .into_any()
    });
    view! { <Suspense>{page}</Suspense> }
}

#[cfg(feature = "ssr")]
async fn is_awaiting_code() -> bool {
    use crate::context::{app_state, visitor};
    let (Ok(state), Ok(visitor)) = (app_state(), visitor()) else { return false };
    let Some(token) = visitor.token else { return false };
    // If the database is down, the form of the first step reports it when it is sent.
    state.keyhatch.identity().awaits_code(&token).await.unwrap_or(false)
}
