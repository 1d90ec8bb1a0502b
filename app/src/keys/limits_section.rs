//! "Limits and expiry" of the editor: rate limits, quota and expiry. Validation is the server's own code in `domain`.

use crate::components::{field, number_field, select};
use crate::dom::{Element, Text, el};
use domain::expiry::format_expiry;
use domain::form::FieldErrors;
use domain::limits::{Limits, LimitsForm, Refill};
use domain::policy::Policy;
use domain::views::KeyView;
use leptos::prelude::*;

/// The fields of this section, by the names of their error messages.
const FIELDS: [&str; 6] = ["expires", "second", "minute", "hour", "day", "uses"];
/// The choice that asks for a date.
const ON_A_DATE: &str = "date";
const REFILL_PERIODS: [(&str, &str); 3] = [("", "Never"), ("day", "Every day"), ("month", "Every month")];
const RATES: [(&str, &str); 4] = [
    ("second", "Calls per second"),
    ("minute", "Calls per minute"),
    ("hour", "Calls per hour"),
    ("day", "Calls per day"),
];

/// The signals behind the section's fields.
#[derive(Clone, Copy)]
pub(super) struct LimitsDraft {
    expires: RwSignal<String>,
    date: RwSignal<String>,
    rates: [RwSignal<String>; 4],
    uses: RwSignal<String>,
    refill: RwSignal<String>,
}

impl LimitsDraft {
    /// The fields of a new key.
    pub(super) fn new(policy: &Policy) -> Self {
        let text = || RwSignal::new(String::new());
        let expires = RwSignal::new(default_expiry(policy));
        Self { expires, date: text(), rates: std::array::from_fn(|_| text()), uses: text(), refill: text() }
    }

    /// Replaces what is typed with the stored key.
    pub(super) fn load(self, key: &KeyView, policy: &Policy) {
        let expires = match key.expires_at {
            Some(_) => ON_A_DATE.to_owned(),
            // The policy now requires an expiry, so a key without one gets the default.
            None if policy.lifetime_max.is_some() => default_expiry(policy),
            None => String::new(),
        };
        let form = Limits::from_stored(&key.limits).map(|limits| LimitsForm::from_limits(&limits)).unwrap_or_default();
        let refill = match form.refill {
            Refill::Never => "",
            Refill::Day => "day",
            Refill::Month => "month",
        };
        self.expires.set(expires);
        self.date.set(key.expires_at.map(format_expiry).unwrap_or_default());
        for (rate, stored) in self.rates.into_iter().zip([form.second, form.minute, form.hour, form.day]) {
            rate.set(stored);
        }
        self.uses.set(form.uses);
        self.refill.set(refill.to_owned());
    }

    fn signals(self) -> [RwSignal<String>; 8] {
        let [second, minute, hour, day] = self.rates;
        [self.expires, self.date, second, minute, hour, day, self.uses, self.refill]
    }

    pub(super) fn clear(self, policy: &Policy) {
        for typed in self.signals() {
            typed.set(String::new());
        }
        self.expires.set(default_expiry(policy));
    }

    fn is_empty(self) -> bool {
        self.signals().iter().all(|typed| typed.with_untracked(String::is_empty))
    }

    /// The expiry, as the server functions take it.
    pub(super) fn expires(self) -> String {
        let chosen = self.expires.get_untracked();
        match self.date.get_untracked() {
            _ if chosen != ON_A_DATE => chosen,
            // An empty value would mean no expiry. The name of the choice is refused with the message about dates.
            date if date.trim().is_empty() => chosen,
            date => date,
        }
    }

    pub(super) fn form(self) -> LimitsForm {
        let [second, minute, hour, day] = self.rates.map(|rate| rate.get_untracked());
        let refill = match self.refill.get_untracked().as_str() {
            "day" => Refill::Day,
            "month" => Refill::Month,
            _ => Refill::Never,
        };
        LimitsForm { second, minute, hour, day, uses: self.uses.get_untracked(), refill }
    }
}

/// The section, open when something in it is set.
pub(super) fn limits_section(
    draft: LimitsDraft,
    policy: StoredValue<Policy>,
    expires_at: Option<i64>,
    errors: RwSignal<FieldErrors>,
) -> Element {
    // Validated when a field is left, not while a number is typed.
    let validate = move |_| {
        let mut found = FieldErrors::default();
        let _ = draft.form().check(&mut found);
        let now = super::clock::now();
        if let Err(error) = policy.with_value(|policy| policy.parse_expiry(&draft.expires(), now, expires_at)) {
            found.0.extend(FieldErrors::one("expires", error).0);
        }
        errors.update(|errors| {
            errors.0.retain(|error| !FIELDS.contains(&error.field.as_str()));
            errors.0.extend(found.0);
        });
    };
    let rates =
        RATES.into_iter().zip(draft.rates).map(|((id, label), value)| number_field(id, label, "", value, errors));
    let refill = el("div").class("field").child(el("label").attr("for", "refill").child("Refill")).child(select(
        "refill",
        REFILL_PERIODS.map(|(of, label)| (of.into(), label.into())).into(),
        draft.refill,
    ));
    let body = el("div")
        .class("part-body")
        .child(policy.with_value(|policy| expiry_field(draft, policy, errors)))
        .child(el("div").class("columns").children(rates))
        .child(
            el("div").class("columns").child(number_field("uses", "Number of uses", "", draft.uses, errors)).child(refill),
        )
        .child(el("p").class("hint").child(
            "Leave a field empty for no limit. Days and months begin at 00:00 UTC. A call over a limit is refused and not \
            counted.",
        ))
        .on("change", validate);
    let section = el("details").class("part").attr("id", "limits");
    let section = if draft.is_empty() { section } else { section.attr("open", "") };
    section.child(el("summary").child("Limits and expiry")).child(body)
}

/// The expiry choice of a new key.
fn default_expiry(policy: &Policy) -> String {
    policy.default_expiry.map(|days| format!("{days}d")).unwrap_or_default()
}

fn days_label(days: usize) -> String {
    match days {
        1 => "1 day".into(),
        365 => "1 year".into(),
        days => format!("{days} days"),
    }
}

/// The expiry choices: value and label.
fn expiry_choices(policy: &Policy) -> Vec<(Text, Text)> {
    let mut choices = Vec::new();
    if policy.lifetime_max.is_none() {
        choices.push(("".into(), "Never".into()));
    }
    for days in policy.offered_lifetimes() {
        choices.push((format!("{days}d").into(), days_label(days).into()));
    }
    choices.push((ON_A_DATE.into(), "On a date…".into()));
    choices
}

fn expiry_field(draft: LimitsDraft, policy: &Policy, errors: RwSignal<FieldErrors>) -> Element {
    let date = move || {
        let input = el("input")
            .class("input")
            .attr("id", "expires")
            .attr("type", "datetime-local")
            .attr("max", "9999-12-31T23:59")
            .bind_value(draft.date);
        field(el("label").attr("for", "expires").child("Expires at (UTC)"), input, "expires", "", errors)
    };
    let most =
        policy.lifetime_max.map(|days| el("p").class("hint").child(format!("At most {} from now.", days_label(days))));
    let choice = el("div")
        .class("field")
        .child(el("label").attr("for", "expires-choice").child("Expires"))
        .child(select("expires-choice", expiry_choices(policy), draft.expires))
        .children(most);
    el("div").class("columns dated").child(choice).bind_child(move || (draft.expires.get() == ON_A_DATE).then(date))
}

/// Opens the section if one of these errors is inside it.
pub(super) fn open_on_errors(found: &FieldErrors) {
    if found.0.iter().any(|error| FIELDS.contains(&error.field.as_str()))
        && let Some(section) = document().get_element_by_id("limits")
    {
        let _ = section.set_attribute("open", "");
    }
}
