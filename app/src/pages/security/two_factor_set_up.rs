//! Enabling two-factor codes: the password, then the QR code and a first code from the app.

use super::PATH;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use crate::text::security as text;
use leptos::prelude::*;
use service::secrets::ExposeSecret;
use service::security::TwoFactorSetUp;

/// The first step: the password.
#[component]
pub fn StartTwoFactor() -> impl IntoView {
    // The error of a first code after the secret expired; its own form is no longer shown.
    let expired = FormOutcome::for_form("confirm-two-factor").errors.get("code").map(ToOwned::to_owned);
    view! {
        <section class="card pad" aria-labelledby="two-factor">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="two-factor">{text::two_factor()}<span class="tag">{text::off()}</span></h2>
                <p>{text::two_factor_lead()}</p>
                <FormAlert form="begin-two-factor" />
                {expired.map(|message| view! { <p class="note bad" role="alert">{message}</p> })}
                <TextField
                    form="begin-two-factor"
                    name="password"
                    label=text::your_password()
                    kind="password"
                    autocomplete="current-password"
                />
                <div class="actions"><SubmitButton form="begin-two-factor" label=text::set_up() /></div>
            </form>
        </section>
    }
}

/// The second step: QR code and first code.
#[component]
pub fn ConfirmTwoFactor(set_up: TwoFactorSetUp) -> impl IntoView {
    let secret = set_up.secret.expose_secret().as_bytes();
    // Groups of four are easier to type.
    let groups: Vec<String> = secret.chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    view! {
        <section class="card pad" aria-labelledby="two-factor">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="two-factor">{text::set_up()}</h2>
                <p>{text::scan()}</p>
                <div
                    class="qr"
                    role="img"
                    aria-label=text::qr_code()
                    inner_html=set_up.qr_svg.expose_secret().to_owned()
                ></div>
                <div>
                    <p id="secret-label" class="label">{text::or_enter_secret()}</p>
                    <p class="mono" id="two-factor-secret" aria-labelledby="secret-label" role="group">
                        {groups.join(" ")}
                    </p>
                </div>
                <FormAlert form="confirm-two-factor" />
                <TextField
                    form="confirm-two-factor"
                    name="code"
                    label=text::code()
                    autocomplete="one-time-code"
                    hint=text::app_code_hint()
                    is_code=true
                />
                <div class="actions"><SubmitButton form="confirm-two-factor" label=text::enable() /></div>
            </form>
        </section>
    }
}
