//! `/reset-password?token=…`: choosing a new password with a one-time link; `?done` afterwards.

use super::{CardPage, query};
use crate::forms::{FormAlert, FormOutcome, FormProblem, SubmitButton, TextField};
use crate::text::password_reset as text;
use leptos::prelude::*;
use service::secrets::SecretString;

/// Path of the page.
pub const PATH: &str = "/reset-password";

/// The form, or why the link does not work.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    if query("done").is_some() {
        return view! {
            <CardPage title=text::done_title()>
                <p role="status">{text::done()}</p>
                <a class="button primary wide" href="/sign-in">{text::sign_in()}</a>
            </CardPage>
        }
        .into_any();
    }
    let typed = FormOutcome::for_form("reset").typed("token");
    let token = if typed.is_empty() { query("token").unwrap_or_default() } else { typed };
    let page = Suspend::new(async move {
        match load(&token).await {
            Ok(email) => view! { <ResetPasswordForm email token /> }.into_any(),
            Err(message) => view! {
                <CardPage title=text::closed_title()>
                    <p>{message}" "{text::closed_hint()}</p>
                    <a class="button primary wide" href=super::forgot_password::PATH>{text::get_new_link()}</a>
                </CardPage>
            }
            .into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }.into_any()
}

/// The email of the member whom the link is for.
async fn load(token: &str) -> Result<String, String> {
    use crate::context::{app_state, fail};
    let state = app_state().map_err(|error| error.message())?;
    let found = state.keyhatch.password_resets().find_email(&SecretString::from(token)).await;
    found.map_err(|error| FormProblem::from(fail(error)).message.unwrap_or_default())
}

#[component]
fn ResetPasswordForm(email: String, token: String) -> impl IntoView {
    view! {
        <CardPage title=text::reset_title()>
            <p>{text::reset_lead()}</p>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="reset" />
                <div class="field">
                    <label for="reset-email">{text::email()}</label>
                    <input class="input" id="reset-email" type="email" autocomplete="username" readonly value=email />
                </div>
                <TextField
                    form="reset"
                    name="password"
                    label=text::new_password()
                    kind="password"
                    autocomplete="new-password"
                    hint=text::password_hint()
                    first=true
                />
                <input type="hidden" name="token" value=token />
                <SubmitButton form="reset" label=text::change_password() class="button primary wide" />
            </form>
        </CardPage>
    }
}
