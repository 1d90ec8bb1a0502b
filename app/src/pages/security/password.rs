//! The form that changes the member's own password.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton, TextField};
use leptos::prelude::*;

/// Current and new password.
#[component]
pub fn PasswordForm(email: String) -> impl IntoView {
    view! {
        <section class="card pad" aria-labelledby="password">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="password">"Password"</h2>
                <FormAlert form="update-password" />
                // Password managers need the user name beside the password.
                <input type="email" autocomplete="username" value=email readonly hidden />
                <TextField
                    form="update-password"
                    name="current"
                    label="Current password"
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    form="update-password"
                    name="password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 12 characters. A few words are easier to remember than symbols. \
                          You are signed out everywhere else."
                />
                <div class="actions"><SubmitButton form="update-password" label="Change password" class="button" /></div>
            </form>
        </section>
    }
}
