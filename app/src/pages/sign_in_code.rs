//! The second step of `/sign-in`: a two-factor code or a recovery code.

use super::CardPage;
use crate::forms::{FormAlert, FormOutcome, KeptFields, KeptForm, SubmitButton, TextField};
use crate::text::access as text;
use leptos::prelude::*;

/// The form of the second step.
const FORM: &str = "code";

/// The code form; afterwards `next` is opened.
#[component]
pub fn SignInCodePage(
    /// The path to open afterwards; may be empty.
    next: String,
) -> impl IntoView {
    let typed = FormOutcome::for_form(FORM).typed("next");
    let next = if typed.is_empty() { next } else { typed };
    view! {
        <CardPage title=text::enter_code()>
            <p>{text::code_wanted()}</p>
            <form method="post" action=KeptForm::sign_in_address() class="stack" novalidate>
                <FormAlert form=FORM />
                <TextField
                    form=FORM
                    name="code"
                    label=text::code()
                    autocomplete="one-time-code"
                    hint=text::code_hint()
                    is_code=true
                    first=true
                />
                <input type="hidden" name="next" value=next />
                <KeptFields />
                <SubmitButton form=FORM label=text::sign_in() class="button primary wide" />
            </form>
            <p><a href="/sign-in?again">{text::sign_in_as_someone_else()}</a></p>
        </CardPage>
    }
}
