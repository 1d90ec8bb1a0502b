//! Whether the account requires two-factor codes; for owners.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton};
use leptos::prelude::*;

/// Whether two-factor codes are required, and the button to toggle that.
#[component]
pub fn TwoFactorPolicy(required: bool) -> impl IntoView {
    let (text, form, label) = if required {
        ("Every member must use two-factor codes.", "do-not-require", "Make codes optional")
    } else {
        ("Members choose whether to use two-factor codes.", "require", "Require codes")
    };
    view! {
        <section class="card pad" aria-labelledby="rules">
            <form method="post" action=PATH class="stack">
                <h2 id="rules">"Two-factor codes"</h2>
                <FormAlert form />
                <p>
                    {text}
                    " When codes are required, every member, including you, must set them up before doing anything else."
                </p>
                <div class="actions"><SubmitButton form label class="button" /></div>
            </form>
        </section>
    }
}
