//! `/sign-in`.

use super::{Plain, query};
use crate::access::{SignInForm, SignInStart};
use crate::error::message_of_code;
use leptos::prelude::*;

/// Email and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let problem = query("problem").as_deref().and_then(message_of_code);
    provide_context(SignInStart { next: query("next"), problem });
    view! { <Plain title="Sign in"><SignInForm /></Plain> }
}
