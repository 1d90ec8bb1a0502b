//! How members of the account have to sign in; for owners.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton};
use leptos::prelude::*;

/// Whether two-factor codes are required, and the button to change that.
#[component]
pub fn SignInRules(required: bool) -> impl IntoView {
    let (says, form, label) = if required {
        ("Every member has to use two-factor codes.", "do-not-require", "Do not require codes")
    } else {
        ("Members decide for themselves whether they use two-factor codes.", "require", "Require codes")
    };
    view! {
        <section class="card pad" aria-labelledby="rules">
            <form method="post" action=PATH class="stack">
                <h2 id="rules">"Two-factor codes"</h2>
                <FormAlert form />
                <p>
                    {says}
                    " Where they are required, a member without them can do nothing else until they are set up, you included."
                </p>
                <div class="actions"><SubmitButton form label class="button" /></div>
            </form>
        </section>
    }
}
