//! "Limits and expiry" of the slider: when the key ends and how often it may be used. The judging is the server's own
//! code in `domain`.

use crate::dom::{Element, Text, el};
use crate::parts::{field, number, select};
use domain::expiry::format_expiry;
use domain::form::FieldErrors;
use domain::limits::{Limits, LimitsForm, Refill};
use domain::policy::Policy;
use domain::views::KeyView;
use leptos::prelude::*;

/// The fields whose messages stand here.
const FIELDS: [&str; 6] = ["expires", "second", "minute", "hour", "day", "uses"];
/// The choice that asks for a date.
const ON_A_DATE: &str = "date";
const REFILLED: [(&str, &str); 3] = [("", "Never"), ("day", "Every day"), ("month", "Every month")];
const RATES: [(&str, &str); 4] = [
    ("second", "Calls per second"),
    ("minute", "Calls per minute"),
    ("hour", "Calls per hour"),
    ("day", "Calls per day"),
];

/// What is typed here.
#[derive(Clone, Copy)]
pub(super) struct LimitsDraft {
    expires: RwSignal<String>,
    date: RwSignal<String>,
    rates: [RwSignal<String>; 4],
    uses: RwSignal<String>,
    refilled: RwSignal<String>,
}

impl LimitsDraft {
    /// As it is for a new key.
    pub(super) fn new(policy: &Policy) -> Self {
        let text = || RwSignal::new(String::new());
        let expires = RwSignal::new(first_expiry(policy));
        Self { expires, date: text(), rates: std::array::from_fn(|_| text()), uses: text(), refilled: text() }
    }

    /// Takes what is stored.
    pub(super) fn load(self, key: &KeyView, policy: &Policy) {
        let expires = match key.expires_at {
            Some(_) => ON_A_DATE.to_owned(),
            // One that may last for ever no more must be given an end.
            None if policy.lifetime_max.is_some() => first_expiry(policy),
            None => String::new(),
        };
        let form = Limits::from_stored(&key.limits).map(|limits| LimitsForm::from_limits(&limits)).unwrap_or_default();
        let refilled = match form.refill {
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
        self.refilled.set(refilled.to_owned());
    }

    fn all(self) -> [RwSignal<String>; 8] {
        let [second, minute, hour, day] = self.rates;
        [self.expires, self.date, second, minute, hour, day, self.uses, self.refilled]
    }

    pub(super) fn clear(self, policy: &Policy) {
        for typed in self.all() {
            typed.set(String::new());
        }
        self.expires.set(first_expiry(policy));
    }

    fn is_empty(self) -> bool {
        self.all().iter().all(|typed| typed.with_untracked(String::is_empty))
    }

    /// The expiry as a form takes it.
    pub(super) fn expires(self) -> String {
        let chosen = self.expires.get_untracked();
        match self.date.get_untracked() {
            _ if chosen != ON_A_DATE => chosen,
            // An empty expiry would be none at all; the name of the choice is refused with the message about dates.
            date if date.trim().is_empty() => chosen,
            date => date,
        }
    }

    pub(super) fn form(self) -> LimitsForm {
        let [second, minute, hour, day] = self.rates.map(|rate| rate.get_untracked());
        let refill = match self.refilled.get_untracked().as_str() {
            "day" => Refill::Day,
            "month" => Refill::Month,
            _ => Refill::Never,
        };
        LimitsForm { second, minute, hour, day, uses: self.uses.get_untracked(), refill }
    }
}

/// The part of the slider; open when something is set.
pub(super) fn limits_part(
    draft: LimitsDraft,
    policy: StoredValue<Policy>,
    expires_at: Option<i64>,
    errors: RwSignal<FieldErrors>,
) -> Element {
    // A field is judged when it is left, so that nobody is told off in the middle of a number.
    let judge = move |_| {
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
    let rates = RATES.into_iter().zip(draft.rates).map(|((id, label), value)| number(id, label, "", value, errors));
    let refilled = el("div").class("field").child(el("label").attr("for", "refilled").child("Refilled")).child(select(
        "refilled",
        REFILLED.map(|(of, label)| (of.into(), label.into())).into(),
        draft.refilled,
    ));
    let body = el("div")
        .class("part-body")
        .child(policy.with_value(|policy| expiry(draft, policy, errors)))
        .child(el("div").class("columns").children(rates))
        .child(
            el("div").class("columns").child(number("uses", "Number of uses", "", draft.uses, errors)).child(refilled),
        )
        .child(el("p").class("hint").child(
            "An empty box is no limit. Days and months begin at 00:00 UTC; a call beyond a limit is refused and not \
            counted.",
        ))
        .on("change", judge);
    let part = el("details").class("part").attr("id", "limits");
    let part = if draft.is_empty() { part } else { part.attr("open", "") };
    part.child(el("summary").child("Limits and expiry")).child(body)
}

/// The choice that a new key's slider begins with.
fn first_expiry(policy: &Policy) -> String {
    policy.default_expiry.map(|days| format!("{days}d")).unwrap_or_default()
}

fn length(days: usize) -> String {
    match days {
        1 => "1 day".into(),
        365 => "1 year".into(),
        days => format!("{days} days"),
    }
}

/// What can be chosen, as a form takes it and as a person reads it.
fn choices(policy: &Policy) -> Vec<(Text, Text)> {
    let mut choices = Vec::new();
    if policy.lifetime_max.is_none() {
        choices.push(("".into(), "Never".into()));
    }
    for days in policy.offered_lifetimes() {
        choices.push((format!("{days}d").into(), length(days).into()));
    }
    choices.push((ON_A_DATE.into(), "On a date…".into()));
    choices
}

fn expiry(draft: LimitsDraft, policy: &Policy, errors: RwSignal<FieldErrors>) -> Element {
    let date = move || {
        let input = el("input")
            .class("input")
            .attr("id", "expires")
            .attr("type", "datetime-local")
            .attr("max", "9999-12-31T23:59")
            .typed(draft.date);
        field(el("label").attr("for", "expires").child("Expires at (UTC)"), input, "expires", "", errors)
    };
    let most =
        policy.lifetime_max.map(|days| el("p").class("hint").child(format!("At most {} from now.", length(days))));
    let choice = el("div")
        .class("field")
        .child(el("label").attr("for", "expires-choice").child("Expires"))
        .child(select("expires-choice", choices(policy), draft.expires))
        .children(most);
    el("div").class("columns dated").child(choice).live_if(move || (draft.expires.get() == ON_A_DATE).then(date))
}

/// Opens the part if one of these messages stands in it.
pub(super) fn open_for(found: &FieldErrors) {
    if found.0.iter().any(|error| FIELDS.contains(&error.field.as_str()))
        && let Some(part) = document().get_element_by_id("limits")
    {
        let _ = part.set_attribute("open", "");
    }
}
