//! The whitelist box: what it understood of each line while it is typed, with what to write instead. The judging is
//! the server's own code in `domain`.

use crate::dom::{Element, el};
use crate::parts::{button, counter, error_of, text_area};
use domain::form::FieldErrors;
use domain::whitelist::{self, Line, Understood};
use leptos::prelude::*;

/// The box, its counter, and a line of feedback for each line typed.
pub fn whitelist_box(
    value: RwSignal<String>,
    limit: usize,
    my_address: Option<String>,
    errors: RwSignal<FieldErrors>,
) -> Element {
    let count = move || value.with(|text| whitelist::count(text));
    let is_filled = move || value.with(|text| !text.trim().is_empty());
    let error = move || error_of(errors, "whitelist");
    let label_row = el("div")
        .class("label-row")
        .child(el("label").attr("for", "whitelist").child("IP whitelist"))
        .child(counter(count, limit));
    let typed = text_area("whitelist", "input mono", "4", value)
        .attr("aria-describedby", "whitelist-lines whitelist-error whitelist-hint")
        .live_true("aria-invalid", move || error().is_some() || count() > limit);
    let lines = move || value.with(|text| whitelist::read_lines(text)).into_iter().map(feedback).collect();
    let hint = el("p")
        .class("hint")
        .attr("id", "whitelist-hint")
        .child("One address, range or network a line. Leave empty to allow any address. ");
    el("div")
        .class("field")
        .child(label_row)
        .child(typed)
        .child(el("ul").class("lines").attr("id", "whitelist-lines").attr("aria-live", "polite").live(lines))
        .child(el("p").class("error").attr("id", "whitelist-error").live_text(move || shown_error(error())))
        .child(el("p").class("note warn").live_flag("hidden", is_filled).child("Any address may use this key."))
        .child(match my_address {
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

fn feedback(line: Line) -> Element {
    let (class, text) = match line.understood {
        Ok(Understood::Entry(entry)) => ("ok", format!("✓ {}", entry.describe())),
        Ok(Understood::SameAs { entry, line }) => {
            ("same", format!("= {entry} is on line {line} already and counts once"))
        }
        Ok(Understood::Inside { entry, of }) => ("same", format!("= {entry} is inside {of} and counts once")),
        Err(error) => ("bad", format!("✕ {error}")),
    };
    el("li").class(class).child(text)
}

fn add_mine(value: RwSignal<String>, address: String) -> Element {
    button("link").on_click(move || value.update(|text| append(text, &address))).child("Add my address")
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
