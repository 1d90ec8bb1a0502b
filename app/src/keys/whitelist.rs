//! The whitelist box: what it parsed of each line while it is typed, with what to write instead. The judging is
//! the server's own code in `domain`.

use super::around::Around;
use crate::dom::{Element, el};
use crate::parts::{button, counter, error_of, text_area};
use domain::form::FieldErrors;
use domain::time::{Millis, ago};
use domain::views::KeyView;
use domain::whitelist::{self, LineReport, ParsedEntry, Whitelist};
use leptos::prelude::*;
use std::net::IpAddr;

/// The box, its counter, and a line of feedback for each line typed.
pub(super) fn whitelist_box(
    value: RwSignal<String>,
    key: Option<&KeyView>,
    around: Around,
    errors: RwSignal<FieldErrors>,
) -> Element {
    let (limit, is_required) = around.policy.with_value(|policy| (policy.whitelist_max, policy.whitelist_required));
    let count = move || value.with(|text| whitelist::count_entries(text));
    let is_filled = move || value.with(|text| !text.trim().is_empty());
    let error = move || error_of(errors, "whitelist");
    let label_row = el("div")
        .class("label-row")
        .child(el("label").attr("for", "whitelist").child("IP whitelist"))
        .child(counter(count, limit));
    let typed = text_area("whitelist", "input mono", "4", value)
        .attr("aria-describedby", "whitelist-lines whitelist-error whitelist-hint")
        .live_true("aria-invalid", move || error().is_some() || count() > limit);
    let lines = move || value.with(|text| whitelist::parse_lines(text)).into_iter().map(feedback).collect();
    let hint = el("p").class("hint").attr("id", "whitelist-hint").child("One address, range or network a line. ");
    let (hint, empty) = if is_required {
        let needed = "A key works only from the addresses listed here. List at least one.";
        (hint, el("p").class("note").child(needed))
    } else {
        let open = el("p").class("note warn").child("Any address may use this key.");
        (hint.child("Leave empty to allow any address. "), open)
    };
    el("div")
        .class("field")
        .child(label_row)
        .child(typed)
        .child(el("ul").class("lines").attr("id", "whitelist-lines").attr("aria-live", "polite").live(lines))
        .child(el("p").class("error").attr("id", "whitelist-error").live_text(move || shown_error(error())))
        .child(empty.live_flag("hidden", is_filled))
        .children(key.and_then(|key| shut_out(value, key, around.now.get_value())))
        .child(match around.my_address.get_value() {
            Some(address) => hint.child(add_mine(value, address.clone())).child(format!(" ({address})")),
            None => hint,
        })
}

/// What each line says already is not said again below them.
fn shown_error(error: Option<String>) -> String {
    match error {
        Some(message) if message.starts_with("Line ") => "Correct or remove each line marked ✕, then save.".to_owned(),
        error => error.unwrap_or_default(),
    }
}

fn feedback(line: LineReport) -> Element {
    let (class, text) = match line.parsed {
        Ok(ParsedEntry::Entry(entry)) => ("ok", format!("✓ {}", entry.describe())),
        Ok(ParsedEntry::Duplicate { entry, line }) => {
            ("same", format!("= {entry} is on line {line} already and counts once"))
        }
        Ok(ParsedEntry::Contained { entry, within }) => {
            ("same", format!("= {entry} is inside {within} and counts once"))
        }
        Err(error) => ("bad", format!("✕ {error}")),
    };
    el("li").class(class).child(text)
}

fn add_mine(value: RwSignal<String>, address: String) -> Element {
    add("Add my address".to_owned(), value, address)
}

fn add(label: String, value: RwSignal<String>, address: String) -> Element {
    button("link").on_click(move || value.update(|text| append(text, &address))).child(label)
}

/// The warning that the address which used the key last would not be let in any more. It is about what is typed: an
/// address that the key refuses already is nobody's loss.
fn shut_out(value: RwSignal<String>, key: &KeyView, now: Millis) -> Option<Element> {
    let last_use = key.last_use.as_ref()?;
    let text = last_use.address.clone()?;
    let address: IpAddr = text.parse().ok()?;
    if !Whitelist::from_stored(&key.whitelist).is_ok_and(|whitelist| whitelist.allows(address)) {
        return None;
    }
    let holds =
        move |line: &LineReport| matches!(&line.parsed, Ok(ParsedEntry::Entry(entry)) if entry.contains(address));
    let is_let_in = move || value.with(|text| text.trim().is_empty() || whitelist::parse_lines(text).iter().any(holds));
    let warning = format!("{text} used this key {} and would be shut out. ", ago(last_use.at, now));
    let note = el("div").class("note warn").live_flag("hidden", is_let_in);
    Some(note.child(warning).child(add(format!("Add {text}"), value, text)))
}

fn append(text: &mut String, address: &str) {
    if text.lines().any(|line| line.trim() == address) {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(address);
    text.push('\n');
}
