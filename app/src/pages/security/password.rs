//! The form that changes the member's own password.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton, TextField};
use crate::text::security as text;
use leptos::prelude::*;

/// Current and new password.
#[component]
pub fn PasswordForm(email: String) -> impl IntoView {
    view! {
        <section class="card pad" aria-labelledby="password">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="password">{text::password()}</h2>
                <FormAlert form="update-password" />
                // Password managers need the user name beside the password.
                <input type="email" autocomplete="username" value=email readonly hidden />
                <TextField
                    form="update-password"
                    name="current"
                    label=text::current_password()
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    form="update-password"
                    name="password"
                    label=text::new_password()
                    kind="password"
                    autocomplete="new-password"
                    hint=text::new_password_hint()
                />
                <div class="actions"><SubmitButton form="update-password" label=text::change_password() class="button" /></div>
            </form>
        </section>
    }
}
