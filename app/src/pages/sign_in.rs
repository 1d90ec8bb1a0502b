//! `/sign-in`.

use super::{Plain, query};
use crate::access::SignInForm;
use crate::error::message_of_code;
use leptos::prelude::*;

/// Email and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let problem = query("problem").as_deref().and_then(message_of_code);
    view! { <Plain title="Sign in"><SignInForm next=query("next") problem /></Plain> }
}
