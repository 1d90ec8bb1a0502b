//! `/sign-in`: email and password; for whoever has shown those and uses two-factor codes, the code.

use super::{Plain, query};
use crate::access::{SignInForm, SignInStart};
use crate::error::message_of_code;
use leptos::prelude::*;

/// The step of signing in that comes next.
#[component]
pub fn SignInPage() -> impl IntoView {
    let problem = query("problem").as_deref().and_then(message_of_code);
    let next = query("next");
    // Somebody else, or another password: the form of the first step in any case.
    #[cfg(feature = "ssr")]
    let again = query("again").is_some();
    let page = Suspend::new(async move {
        #[cfg(feature = "ssr")]
        if !again && awaits_code().await {
            return view! { <super::code::Code next=next.unwrap_or_default() /> }.into_any();
        }
        provide_context(SignInStart { next, problem });
        view! { <Plain title="Sign in"><SignInForm /></Plain> }.into_any()
    });
    view! { <Suspense>{page}</Suspense> }
}

#[cfg(feature = "ssr")]
async fn awaits_code() -> bool {
    use crate::context::{console, visitor};
    let (Ok(console), Ok(visitor)) = (console(), visitor()) else { return false };
    let Some(token) = visitor.token else { return false };
    // If the database does not answer, the form of the first step says so when it is sent.
    console.keyhatch.awaits_code(&token).await.unwrap_or(false)
}
