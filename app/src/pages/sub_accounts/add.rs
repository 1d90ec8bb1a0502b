//! The form that creates a sub-account.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton, TextField};
use leptos::prelude::*;

/// The name of the new sub-account.
#[component]
pub fn AddSubAccountForm() -> impl IntoView {
    view! {
        <section class="card pad" aria-labelledby="add">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="add">"Add a sub-account"</h2>
                <FormAlert form="create" />
                <TextField form="create" name="account_name" label="Name" hint="Such as a customer, a branch or a project." />
                <div class="actions"><SubmitButton form="create" label="Add sub-account" /></div>
            </form>
        </section>
    }
}
