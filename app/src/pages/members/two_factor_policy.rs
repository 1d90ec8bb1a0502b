//! Whether the account requires two-factor codes, and the dialog in which an owner requires them: who has none, and when
//! it begins.

use super::PATH;
use crate::forms::{FormAlert, FormOutcome, PageDialog, SubmitButton, TextField};
use crate::text::members::cancel;
use crate::text::two_factor as text;
use domain::Role;
use domain::time::{DAY, Millis, date_utc};
use domain::two_factor_rule::{choosable_days, date_field};
use leptos::prelude::*;
use service::members::MembersView;

/// How many days ahead the dialog proposes.
const PROPOSED_DAYS: i64 = 14;

/// The emails of the members without codes, and the number of members, as one sentence.
fn evidence(view: &MembersView) -> String {
    let without = view.members.iter().filter(|member| !member.has_two_factor).map(|member| member.email.as_str());
    text::evidence(&without.collect::<Vec<_>>(), view.members.len())
}

/// The rule, and for owners the buttons that change it. Other members see it once codes are required.
#[component]
pub fn TwoFactorPolicy(view: MembersView, role: Role) -> impl IntoView {
    let is_owner = role == Role::Owner;
    if !is_owner && view.two_factor_required_from.is_none() {
        return ().into_any();
    }
    let planned = view.two_factor_required_from.filter(|_| !view.requires_two_factor);
    let sentence = match planned {
        Some(from) => text::rule_planned(date_utc(from)),
        None if view.requires_two_factor => text::rule_required().to_owned(),
        None => text::rule_optional().to_owned(),
    };
    let dialog = format!("{PATH}?require");
    let buttons = is_owner.then(|| match (planned, view.requires_two_factor) {
        (Some(_), _) => view! {
            <a class="button" href=dialog>{text::change_date()}</a>
            <SubmitButton form="do-not-require" label=text::cancel_plan() class="button" />
        }
        .into_any(),
        (None, true) => {
            view! { <SubmitButton form="do-not-require" label=text::make_optional() class="button" /> }.into_any()
        }
        (None, false) => view! { <a class="button" href=dialog>{text::require()}</a> }.into_any(),
    });
    view! {
        <section class="card pad" aria-labelledby="rules">
            <form method="post" action=PATH class="stack">
                <h2 id="rules">{text::rule_title()}</h2>
                <div class="stack tight">
                    <p><strong>{sentence}</strong></p>
                    <p>{evidence(&view)}</p>
                </div>
                {buttons.map(|buttons| view! { <div class="actions">{buttons}</div> })}
            </form>
        </section>
    }
    .into_any()
}

/// Says who has no codes and asks from when they are required.
#[component]
pub fn RequireDialog(view: MembersView, member_id: String, now: Millis) -> impl IntoView {
    let is_lacking = view.members.iter().any(|member| member.id == member_id && !member.has_two_factor);
    view! {
        <PageDialog title=text::dialog_title() page=PATH>
            <FormAlert form="require" />
            <p class="note warn">{evidence(&view)}</p>
            <p>
                {text::consequence()} " " {is_lacking.then(|| format!("{} ", text::own_consequence()))} {text::keys_consequence()}
            </p>
            <form method="post" action=PATH class="stack" novalidate>
                <Start view now />
                <div class="actions end">
                    <a class="button" href=PATH autofocus>{cancel()}</a>
                    <SubmitButton form="require" label=text::require() />
                </div>
            </form>
        </PageDialog>
    }
}

/// When the requirement starts: now or on a date. A date is preselected if a member has no codes yet.
#[component]
fn Start(view: MembersView, now: Millis) -> impl IntoView {
    let outcome = FormOutcome::for_form("require");
    let typed = outcome.typed("start");
    let is_planned = view.two_factor_required_from.is_some();
    let proposes_date = is_planned || view.members.iter().any(|member| !member.has_two_factor);
    let chosen = match typed.as_str() {
        "" if proposes_date => "date",
        "" => "now",
        typed => typed,
    };
    let (first, last) = choosable_days(now);
    let day = view.two_factor_required_from.filter(|from| *from >= first).unwrap_or(first + (PROPOSED_DAYS - 1) * DAY);
    let choice = |value: &'static str, label: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="start" value=value checked=value == chosen />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="rule-start">
            <legend class="label">{text::start()}</legend>
            <div class="choices">{choice("now", text::start_now())} {choice("date", text::start_date())}</div>
            <p class="error">{outcome.errors.get("start").map(ToOwned::to_owned)}</p>
            <div class="rule-date">
                <TextField
                    form="require"
                    name="date"
                    label=text::date()
                    kind="date"
                    value=date_field(day)
                    min=date_field(first)
                    max=date_field(last)
                    hint=text::date_hint(date_utc(first), date_utc(last))
                />
            </div>
        </fieldset>
    }
}
