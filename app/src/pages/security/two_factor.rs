//! Two-factor codes while enabled: renewing recovery codes, and disabling two-factor codes.

use super::PATH;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use crate::text::security as text;
use domain::time::{Millis, date_utc};
use leptos::prelude::*;
use service::security::SecurityView;

/// Since when they are enabled, how many recovery codes are left, and the forms to change that.
#[component]
pub fn TwoFactor(security: SecurityView, since: Millis) -> impl IntoView {
    view! {
        <section class="card pad stack" aria-labelledby="two-factor">
            <h2 id="two-factor">{text::two_factor()}<span class="tag">{text::on()}</span></h2>
            <p>{text::on_since(date_utc(since), security.recovery_codes)}</p>
            <FormAlert form="begin-two-factor" />
            <RenewRecoveryCodes />
            {if security.is_required {
                view! { <p class="hint">{text::required()}</p> }.into_any()
            } else {
                view! { <DisableTwoFactor /> }.into_any()
            }}
        </section>
    }
}

#[component]
fn RenewRecoveryCodes() -> impl IntoView {
    view! {
        <details class="part" open=FormOutcome::was_refused("renew-recovery-codes")>
            <summary>{text::new_recovery_codes()}</summary>
            <form method="post" action=PATH class="part-body" novalidate>
                <FormAlert form="renew-recovery-codes" />
                <TextField
                    form="renew-recovery-codes"
                    name="code"
                    label=text::code()
                    autocomplete="one-time-code"
                    hint=text::new_recovery_codes_hint()
                    is_code=true
                />
                <div class="actions"><SubmitButton form="renew-recovery-codes" label=text::create_recovery_codes() class="button" /></div>
            </form>
        </details>
    }
}

#[component]
fn DisableTwoFactor() -> impl IntoView {
    view! {
        <details class="part" open=FormOutcome::was_refused("disable-two-factor")>
            <summary>{text::disable_title()}</summary>
            <form method="post" action=PATH class="part-body" novalidate>
                <FormAlert form="disable-two-factor" />
                <TextField
                    form="disable-two-factor"
                    name="password"
                    label=text::your_password()
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    form="disable-two-factor"
                    name="code"
                    label=text::code()
                    autocomplete="one-time-code"
                    hint=text::any_code_hint()
                    is_code=true
                />
                <div class="actions"><SubmitButton form="disable-two-factor" label=text::disable() class="button danger" /></div>
            </form>
        </details>
    }
}
