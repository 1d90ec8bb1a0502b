//! What is typed into the whitelist: how many entries, and which of them are wrong. The rules are the server's own, in
//! `domain`.

use crate::browser;
use crate::keys::form_state::FormState;
use crate::text::editor as text;
use domain::time::Millis;
use domain::whitelist::{LineReport, Whitelist, WhitelistFeedback as Feedback, feedback, replace_entry};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The address that last used the edited key, which a narrower whitelist would block.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCaller {
    /// The address.
    pub address: String,
    /// When it was used last.
    pub at: Millis,
    /// The time that the page was rendered.
    pub now: Millis,
}

/// The feedback below the text area.
#[island]
pub fn WhitelistFeedback(
    /// The whitelist that the server rendered.
    whitelist: String,
    /// Whether an empty whitelist is refused.
    required: bool,
    /// The address that last used the key, if the stored whitelist allows it.
    last_caller: Option<LastCaller>,
    /// The address of the member's browser; empty if unknown.
    my_address: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let typed = Memo::new(move |_| match state {
        Some(state) => state
            .fields
            .with(|fields| if fields.0.is_empty() { whitelist.clone() } else { fields.get("whitelist").to_owned() }),
        None => whitelist.clone(),
    });
    let found = Memo::new(move |_| typed.with(|typed| feedback(typed)));
    let wrong = move || found.with(|found| found.wrong.clone()).into_iter().filter_map(wrong_line).collect_view();
    let warning =
        move || last_caller.clone().filter(|caller| found.with(|found| blocks(&found.valid, &caller.address)));
    view! {
        <p class="counts" aria-live="polite">{move || found.with(counts)}</p>
        <ul class="lines" id="whitelist-lines">{wrong}</ul>
        <p class="note" class:warn=!required hidden=move || typed.with(|typed| !typed.trim().is_empty())>
            {if required { text::whitelist_required() } else { text::any_address() }}
        </p>
        {move || warning().map(lockout_note)}
        <p class="hint" id="whitelist-hint">
            {if required { text::whitelist_hint() } else { text::whitelist_hint_optional() }}
            {(!my_address.is_empty()).then(|| add_button(text::add_my_address().to_owned(), my_address))}
        </p>
    }
}

/// How many entries are valid, how many are wrong, and how many count once.
fn counts(found: &Feedback) -> impl IntoView + use<> {
    let (valid, redundant) = (found.valid.entries().len(), found.duplicates + found.contained);
    let wrong = found.wrong_count;
    view! {
        {(valid > 0).then(|| view! { <span class="ok">{text::valid_entries(valid)}</span> })}
        {(redundant > 0).then(|| view! { <span>{text::redundant_entries(redundant)}</span> })}
        {(wrong > 0).then(|| view! { <span class="bad">{text::wrong_entries(wrong)}</span> })}
    }
}

/// A wrong entry, with a button that corrects it where that is possible.
fn wrong_line(report: LineReport) -> Option<impl IntoView> {
    let error = report.parsed.as_ref().err()?;
    let (sentence, suggestion) = (text::wrong_line(report.number, error), error.suggestion());
    let button = suggestion.map(|suggestion| {
        let label = text::use_instead(&suggestion);
        let correct = move |_| browser::edit_text("whitelist", |typed| replace_entry(typed, &report, &suggestion));
        view! { <button class="button" type="button" on:click=correct>{label}</button> }
    });
    Some(view! { <li class="bad"><span>{sentence}</span>{button}</li> })
}

/// Whether the valid entries block this address.
fn blocks(valid: &Whitelist, address: &str) -> bool {
    address.parse::<IpAddr>().is_ok_and(|address| !valid.entries().is_empty() && !valid.allows(address))
}

fn lockout_note(caller: LastCaller) -> impl IntoView {
    let LastCaller { address, at, now } = caller;
    view! {
        <div class="note warn">
            {text::would_be_blocked(&address, at, now)}
            " "
            {add_button(text::add_address(&address), address)}
        </div>
    }
}

/// A button that appends an address to the text area.
fn add_button(label: String, address: String) -> impl IntoView {
    let add = move |_| browser::edit_text("whitelist", |typed| append_line(typed, &address));
    view! { <button class="link" type="button" on:click=add>{label}</button> }
}

fn append_line(typed: &str, address: &str) -> String {
    if typed.lines().any(|line| line.trim() == address) {
        return typed.to_owned();
    }
    let separator = if typed.is_empty() || typed.ends_with('\n') { "" } else { "\n" };
    format!("{typed}{separator}{address}\n")
}
