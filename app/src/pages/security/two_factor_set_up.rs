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
                <h2 id="two-factor">{text::TWO_FACTOR}<span class="tag">{text::OFF}</span></h2>
                <p>{text::TWO_FACTOR_LEAD}</p>
                <FormAlert form="begin-two-factor" />
                {expired.map(|message| view! { <p class="note bad" role="alert">{message}</p> })}
                <TextField
                    form="begin-two-factor"
                    name="password"
                    label=text::YOUR_PASSWORD
                    kind="password"
                    autocomplete="current-password"
                />
                <div class="actions"><SubmitButton form="begin-two-factor" label=text::SET_UP /></div>
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
                <h2 id="two-factor">{text::SET_UP}</h2>
                <p>{text::SCAN}</p>
                <div
                    class="qr"
                    role="img"
                    aria-label=text::QR_CODE
                    inner_html=set_up.qr_svg.expose_secret().to_owned()
                ></div>
                <div>
                    <p id="secret-label" class="label">{text::OR_ENTER_SECRET}</p>
                    <p class="mono" id="two-factor-secret" aria-labelledby="secret-label" role="group">
                        {groups.join(" ")}
                    </p>
                </div>
                <FormAlert form="confirm-two-factor" />
                <TextField
                    form="confirm-two-factor"
                    name="code"
                    label=text::CODE
                    autocomplete="one-time-code"
                    hint=text::APP_CODE_HINT
                    is_code=true
                />
                <div class="actions"><SubmitButton form="confirm-two-factor" label=text::ENABLE /></div>
            </form>
        </section>
    }
}
