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
    let back = view! { <p><a href="/sign-in">{text::back_to_sign_in()}</a></p> };
    if !can_mail {
        return view! {
            <CardPage title=text::forgot_title()>
                <p>{text::ask_owner()}</p>
                <p>{text::ask_operator()}</p>
                {back}
            </CardPage>
        }
        .into_any();
    }
    if query("sent").is_some() {
        return view! {
            <CardPage title=text::sent_title()>
                <p role="status">{text::sent()}</p>
                <p>{text::sent_nothing()}</p>
                {back}
            </CardPage>
        }
        .into_any();
    }
    view! {
        <CardPage title=text::forgot_title()>
            <p>{text::forgot_lead()}</p>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="request" />
                <TextField form="request" name="email" label=text::email() kind="email" autocomplete="username" first=true />
                <SubmitButton form="request" label=text::send_link() class="button primary wide" />
            </form>
            {back}
        </CardPage>
    }
    .into_any()
}
