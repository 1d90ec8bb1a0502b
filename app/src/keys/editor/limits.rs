//! "Limits and expiry" of the editor: rate limits, quota and expiry. Open if something in it is set or wrong.

use super::EditorFields;
use super::fields::NumberField;
use crate::keys::dialog_context::DialogContext;
use crate::keys::form_fields::ON_A_DATE;
use crate::keys::islands::FieldError;
use crate::keys::select::{Options, Select};
use crate::text::Text;
use crate::text::editor as text;
use domain::policy::Policy;
use domain::views::KeyView;
use leptos::prelude::*;

const RATES: [(&str, Text); 4] =
    [("second", text::per_second), ("minute", text::per_minute), ("hour", text::per_hour), ("day", text::per_day)];
/// The fields of this section, besides the refill period.
const FIELDS: [&str; 6] = ["expires", "second", "minute", "hour", "day", "uses"];

/// The section.
#[component]
pub fn LimitsSection(fields: EditorFields, context: DialogContext, key: Option<KeyView>) -> impl IntoView {
    let is_set = |name: &&str| !fields.values.get(name).is_empty() || !fields.error(name).is_empty();
    let open = FIELDS.iter().any(is_set) || key.is_some_and(|key| !key.limits.is_empty());
    let rates: Vec<_> = RATES
        .into_iter()
        .map(|(name, label)| view! { <NumberField name label=label() fields=fields.clone() /> })
        .collect();
    let refill = [("never", text::never()), ("day", text::refill_day()), ("month", text::refill_month())]
        .map(|(value, label)| (value.to_owned(), label.to_owned()));
    view! {
        <details class="part" id="limits" open=open>
            <summary>{text::limits()}</summary>
            <div class="part-body">
                <ExpiryField fields=fields.clone() policy=context.policy />
                <div class="columns">{rates}</div>
                <div class="columns">
                    <NumberField name="uses" label=text::uses() fields=fields.clone() />
                    <div class="field">
                        <label for="refill">{text::refill()}</label>
                        <Select name="refill" options=refill.into() chosen=fields.values.get("refill").to_owned() />
                    </div>
                </div>
                <p class="hint">{text::limits_hint()}</p>
            </div>
        </details>
    }
}

/// The expiry: a lifetime, or a date that CSS shows when it is chosen.
#[component]
fn ExpiryField(fields: EditorFields, policy: Policy) -> impl IntoView {
    let error = fields.error("expires");
    let longest = policy.lifetime_max.map(|days| view! { <p class="hint">{text::at_most(days)}</p> });
    view! {
        <div class="columns dated">
            <div class="field">
                <label for="expires">{text::expires()}</label>
                <Select name="expires" options=expiry_choices(&policy) chosen=fields.values.get("expires").to_owned() />
                {longest}
                <FieldError field="expires".to_owned() error />
            </div>
            <div class="field date">
                <label for="expires_at">{text::expires_at()}</label>
                <input
                    class="input"
                    id="expires_at"
                    name="expires_at"
                    type="datetime-local"
                    max="9999-12-31T23:59"
                    aria-describedby="expires-error"
                    value=fields.values.get("expires_at").to_owned()
                />
            </div>
        </div>
    }
}

/// The expiry choices: value and label.
fn expiry_choices(policy: &Policy) -> Options {
    let never = policy.lifetime_max.is_none().then(|| (String::new(), text::never().to_owned()));
    let lifetimes = policy.offered_lifetimes().into_iter().map(|days| (format!("{days}d"), text::days(days)));
    let date = (ON_A_DATE.to_owned(), text::on_a_date().to_owned());
    never.into_iter().chain(lifetimes).chain([date]).collect()
}
