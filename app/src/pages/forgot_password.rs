//! `/forgot-password`: asking for a link by mail; without a mail server, whom to ask instead.

use super::{CardPage, query};
use crate::forms::{FormAlert, SubmitButton, TextField};
use crate::text::password_reset as text;
use leptos::prelude::*;

/// Path of the page.
pub const PATH: &str = "/forgot-password";

/// The form, or after it was sent (`?sent`) the same message for every email.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let can_mail = crate::context::app_state().is_ok_and(|state| state.can_mail);
    let back = view! { <p><a href="/sign-in">{text::BACK_TO_SIGN_IN}</a></p> };
    if !can_mail {
        return view! {
            <CardPage title=text::FORGOT_TITLE>
                <p>{text::ASK_OWNER}</p>
                <p>{text::ASK_OPERATOR}</p>
                {back}
            </CardPage>
        }
        .into_any();
    }
    if query("sent").is_some() {
        return view! {
            <CardPage title=text::SENT_TITLE>
                <p role="status">{text::SENT}</p>
                <p>{text::SENT_NOTHING}</p>
                {back}
            </CardPage>
        }
        .into_any();
    }
    view! {
        <CardPage title=text::FORGOT_TITLE>
            <p>{text::FORGOT_LEAD}</p>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="request" />
                <TextField form="request" name="email" label=text::EMAIL kind="email" autocomplete="username" first=true />
                <SubmitButton form="request" label=text::SEND_LINK class="button primary wide" />
            </form>
            {back}
        </CardPage>
    }
    .into_any()
}
