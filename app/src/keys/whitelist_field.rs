//! The whitelist field, with feedback for each line while it is typed. Validation is the server's own code in `domain`.

use super::dialog_context::DialogContext;
use crate::components::{button, counter, error_of, text_area};
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use domain::time::{Millis, ago};
use domain::views::KeyView;
use domain::whitelist::{self, LineReport, ParsedEntry, Whitelist};
use leptos::prelude::*;
use std::net::IpAddr;

/// The text area, its counter, and the feedback.
pub(super) fn whitelist_field(
    value: RwSignal<String>,
    key: Option<&KeyView>,
    context: DialogContext,
    errors: RwSignal<FieldErrors>,
) -> Element {
    let (limit, is_required) = context.policy.with_value(|policy| (policy.whitelist_max, policy.whitelist_required));
    let count = move || value.with(|text| whitelist::count_entries(text));
    let is_filled = move || value.with(|text| !text.trim().is_empty());
    let error = move || error_of(errors, "whitelist");
    let label_row = el("div")
        .class("label-row")
        .child(el("label").attr("for", "whitelist").child("IP whitelist"))
        .child(counter(count, limit));
    let input = text_area("whitelist", "input mono", "4", value)
        .attr("aria-describedby", "whitelist-lines whitelist-error whitelist-hint")
        .bind_true("aria-invalid", move || error().is_some() || count() > limit);
    let lines = move || value.with(|text| whitelist::parse_lines(text)).into_iter().map(feedback).collect();
    let hint = el("p").class("hint").attr("id", "whitelist-hint").child("One address, range or network per line. ");
    let (hint, empty_note) = if is_required {
        let required = "A key works only from the addresses listed here. List at least one.";
        (hint, el("p").class("note").child(required))
    } else {
        let warning = el("p").class("note warn").child("Any address may use this key.");
        (hint.child("Leave empty to allow any address. "), warning)
    };
    el("div")
        .class("field")
        .child(label_row)
        .child(input)
        .child(el("ul").class("lines").attr("id", "whitelist-lines").attr("aria-live", "polite").bind_children(lines))
        .child(el("p").class("error").attr("id", "whitelist-error").bind_text(move || summary_error(error())))
        .child(empty_note.bind_flag("hidden", is_filled))
        .children(key.and_then(|key| lockout_warning(value, key, context.now.get_value())))
        .child(match context.my_address.get_value() {
            Some(address) => hint
                .child(add_address_button("Add my address".to_owned(), value, address.clone()))
                .child(format!(" ({address})")),
            None => hint,
        })
}

/// The message below the field. Errors of single lines are already in the feedback.
fn summary_error(error: Option<String>) -> String {
    match error {
        Some(message) if message.starts_with("Line ") => "Correct or remove each line marked ✕, then save.".to_owned(),
        error => error.unwrap_or_default(),
    }
}

fn feedback(line: LineReport) -> Element {
    let (class, text) = match line.parsed {
        Ok(ParsedEntry::Entry(entry)) => ("ok", format!("✓ {}", entry.describe())),
        Ok(ParsedEntry::Duplicate { entry, line }) => {
            ("same", format!("= {entry} is already on line {line} and counts once"))
        }
        Ok(ParsedEntry::Contained { entry, within }) => {
            ("same", format!("= {entry} is within {within} and counts once"))
        }
        Err(error) => ("bad", format!("✕ {error}")),
    };
    el("li").class(class).child(text)
}

fn add_address_button(label: String, value: RwSignal<String>, address: String) -> Element {
    button("link").on_click(move || value.update(|text| append_line(text, &address))).child(label)
}

/// Warns that what is typed would block the address that last used the key. No warning if the stored whitelist already
/// blocks it.
fn lockout_warning(value: RwSignal<String>, key: &KeyView, now: Millis) -> Option<Element> {
    let last_use = key.last_use.as_ref()?;
    let text = last_use.address.clone()?;
    let address: IpAddr = text.parse().ok()?;
    if !Whitelist::from_stored(&key.whitelist).is_ok_and(|whitelist| whitelist.allows(address)) {
        return None;
    }
    let covers =
        move |line: &LineReport| matches!(&line.parsed, Ok(ParsedEntry::Entry(entry)) if entry.contains(address));
    let is_allowed =
        move || value.with(|text| text.trim().is_empty() || whitelist::parse_lines(text).iter().any(covers));
    let warning = format!("{text} used this key {} and would be blocked. ", ago(last_use.at, now));
    let note = el("div").class("note warn").bind_flag("hidden", is_allowed);
    Some(note.child(warning).child(add_address_button(format!("Add {text}"), value, text)))
}

fn append_line(text: &mut String, address: &str) {
    if text.lines().any(|line| line.trim() == address) {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(address);
    text.push('\n');
}
