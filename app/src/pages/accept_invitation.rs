//! `/invite?token=…`: accepting an invitation by choosing a password.

use super::{CardPage, query};
use crate::components::Emphasis;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use crate::text::members as text;
use crate::text::password_reset::password_hint;
use leptos::prelude::*;
use service::members::InvitationOffer;
use service::secrets::SecretString;

/// Path of the page.
pub const PATH: &str = "/invite";

/// The form, or why the invitation cannot be used.
#[component]
pub fn AcceptInvitationPage() -> impl IntoView {
    let typed = FormOutcome::for_form("join").typed("token");
    let token = if typed.is_empty() { query("token").unwrap_or_default() } else { typed };
    let page = Suspend::new(async move {
        match load(&token).await {
            Ok(offer) => {
                view! { <CardPage title=text::join_title()><AcceptInvitationForm offer token /></CardPage> }.into_any()
            }
            Err(message) => view! {
                <CardPage title=text::invitation_closed_title()>
                    <p>{message}</p>
                    <a class="button primary wide" href="/sign-in">{text::go_to_sign_in()}</a>
                </CardPage>
            }
            .into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

async fn load(token: &str) -> Result<InvitationOffer, String> {
    use crate::context::{app_state, fail};
    use crate::forms::FormProblem;
    let state = app_state().map_err(|error| error.message())?;
    state
        .keyhatch
        .members()
        .find_invitation(&SecretString::from(token))
        .await
        .map_err(|error| FormProblem::from(fail(error)).message.unwrap_or_default())
}

#[component]
fn AcceptInvitationForm(offer: InvitationOffer, token: String) -> impl IntoView {
    let InvitationOffer { account_name, email, role } = offer;
    view! {
        <p><Emphasis parts=text::join_lead(&account_name, role) /></p>
        <form method="post" action=PATH class="stack" novalidate>
            <FormAlert form="join" />
            <div class="field">
                <label for="join-email">{text::email()}</label>
                <input
                    class="input"
                    id="join-email"
                    type="email"
                    autocomplete="username"
                    readonly
                    aria-describedby="join-email-hint"
                    value=email
                />
                <p class="hint" id="join-email-hint">{text::join_email_hint()}</p>
            </div>
            <TextField
                form="join"
                name="password"
                label=text::password()
                kind="password"
                autocomplete="new-password"
                hint=password_hint()
                first=true
            />
            <input type="hidden" name="token" value=token />
            <SubmitButton form="join" label=text::join() class="button primary wide" />
        </form>
    }
}
