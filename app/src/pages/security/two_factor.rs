//! Two-factor codes while enabled: renewing recovery codes, and disabling two-factor codes.

use super::PATH;
use crate::forms::{FormAlert, FormOutcome, SubmitButton, TextField};
use domain::time::{Millis, date_utc};
use leptos::prelude::*;
use service::security::SecurityView;

/// Since when they are enabled, how many recovery codes are left, and the forms to change that.
#[component]
pub fn TwoFactor(security: SecurityView, since: Millis) -> impl IntoView {
    let left = security.recovery_codes;
    let recovery = match left {
        0 => "You have no recovery codes left.".to_owned(),
        1 => "You have 1 recovery code left.".to_owned(),
        _ => format!("You have {left} recovery codes left."),
    };
    view! {
        <section class="card pad stack" aria-labelledby="two-factor">
            <h2 id="two-factor">"Two-factor codes"<span class="tag">"On"</span></h2>
            <p>{format!("Enabled since {}. {recovery}", date_utc(since))}</p>
            <FormAlert form="begin-two-factor" />
            <RenewRecoveryCodes />
            {if security.is_required {
                view! { <p class="hint">"Your account requires two-factor codes, so they cannot be disabled."</p> }
                    .into_any()
            } else {
                view! { <DisableTwoFactor /> }.into_any()
            }}
        </section>
    }
}

/// Whether this form was just posted and refused; its section is then rendered open.
fn was_refused(form: &str) -> bool {
    let outcome = FormOutcome::for_form(form);
    outcome.problem.is_some() || !outcome.errors.is_empty()
}

#[component]
fn RenewRecoveryCodes() -> impl IntoView {
    view! {
        <details class="part" open=was_refused("renew-recovery-codes")>
            <summary>"New recovery codes"</summary>
            <form method="post" action=PATH class="part-body" novalidate>
                <FormAlert form="renew-recovery-codes" />
                <TextField
                    form="renew-recovery-codes"
                    name="code"
                    label="Code"
                    autocomplete="one-time-code"
                    hint="Six digits from your app. Your current recovery codes will stop working."
                    is_code=true
                />
                <div class="actions"><SubmitButton form="renew-recovery-codes" label="Create new codes" class="button" /></div>
            </form>
        </details>
    }
}

#[component]
fn DisableTwoFactor() -> impl IntoView {
    view! {
        <details class="part" open=was_refused("disable-two-factor")>
            <summary>"Disable two-factor codes"</summary>
            <form method="post" action=PATH class="part-body" novalidate>
                <FormAlert form="disable-two-factor" />
                <TextField
                    form="disable-two-factor"
                    name="password"
                    label="Your password"
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    form="disable-two-factor"
                    name="code"
                    label="Code"
                    autocomplete="one-time-code"
                    hint="Six digits from your app, or a recovery code."
                    is_code=true
                />
                <div class="actions"><SubmitButton form="disable-two-factor" label="Disable" class="button danger" /></div>
            </form>
        </details>
    }
}
