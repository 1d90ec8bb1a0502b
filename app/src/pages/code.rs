//! The second step of `/sign-in`: a two-factor code or a recovery code.

use super::Plain;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use leptos::prelude::*;

/// Asks for the code; afterwards the person goes where they wanted to.
#[component]
pub fn Code(next: String) -> impl IntoView {
    let typed = FormOutcome::for_form("code").typed("next");
    let next = if typed.is_empty() { next } else { typed };
    view! {
        <Plain title="Enter your code">
            <p>"Your password is right. Open your app and enter the code that it shows for this site."</p>
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
            <p><a href="/sign-in?again">"Sign in as somebody else"</a></p>
        </Plain>
    }
}
