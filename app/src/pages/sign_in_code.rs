//! The second step of `/sign-in`: a two-factor code or a recovery code.

use super::CardPage;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use leptos::prelude::*;

/// The code form; afterwards `next` is opened.
#[component]
pub fn SignInCodePage(next: String) -> impl IntoView {
    let typed = FormOutcome::for_form("code").typed("next");
    let next = if typed.is_empty() { next } else { typed };
    view! {
        <CardPage title="Enter your code">
            <p>"Your password is correct. Enter the code that your authenticator app shows for this site."</p>
            <form method="post" action="/sign-in" class="stack" novalidate>
                <FormAlert form="code" />
                <TextField
                    form="code"
                    name="code"
                    label="Code"
                    autocomplete="one-time-code"
                    hint="Six digits, or one of your recovery codes."
                    is_code=true
                    first=true
                />
                <input type="hidden" name="next" value=next />
                <SubmitButton form="code" label="Sign in" class="button primary wide" />
            </form>
            <p><a href="/sign-in?again">"Sign in as someone else"</a></p>
        </CardPage>
    }
}
