//! The form that creates a sub-account.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton, TextField};
use crate::text::sub_accounts as text;
use leptos::prelude::*;

/// The name of the new sub-account.
#[component]
pub fn AddSubAccountForm() -> impl IntoView {
    view! {
        <section class="card pad" aria-labelledby="add">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="add">{text::add_title()}</h2>
                <FormAlert form="create" />
                <TextField form="create" name="account_name" label=text::name() hint=text::name_hint() />
                <div class="actions"><SubmitButton form="create" label=text::add() /></div>
            </form>
        </section>
    }
}
