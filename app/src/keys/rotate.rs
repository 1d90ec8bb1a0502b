//! "Change Key": a new secret for the same key, and how long the old one goes on working.

use super::around::Around;
use super::ask::{Ask, ask, doing, named};
use super::environment::mark;
use super::row::menu_button_id;
use super::server::{Issued, rotate_key};
use crate::dom::{Element, el};
use crate::parts::error_line;
use domain::form::FieldErrors;
use domain::lifecycle::RotateForm;
use domain::views::KeyView;
use leptos::prelude::*;

/// The choice that asks for a date.
const ON_A_DATE: &str = "date";
const CHOICES: [(&str, &str); 5] = [
    ("none", "Not at all: it is refused at once"),
    ("1h", "1 hour"),
    ("24h", "24 hours"),
    ("7d", "7 days"),
    (ON_A_DATE, "Until a date…"),
];

/// Asks, changes, and hands on the new secret.
pub(super) fn rotate_dialog(key: &KeyView, around: Around, on_changed: Callback<Issued>) -> Element {
    let chosen = RwSignal::new(RotateForm::default().overlap);
    let date = RwSignal::new(String::new());
    let id = StoredValue::new(key.id.clone());
    let act = Callback::new(move |()| {
        let overlap = match chosen.get_untracked() {
            // Sent as it is, a date that nobody wrote is refused with the message about dates.
            choice if choice == ON_A_DATE => date.get_untracked(),
            choice => choice,
        };
        doing(async move {
            on_changed.run(rotate_key(id.get_value(), RotateForm { overlap }).await?);
            Ok(())
        })
    });
    let errors = RwSignal::new(FieldErrors::default());
    let older = key.old_secret_until.map(|_| {
        el("p").class("note warn").child(
            "An older key is still working since the last change. It ends now: only the present one can go on beside \
            the new one.",
        )
    });
    let mut body = vec![
        named(el("p"), key)
            .child(" gets a new value, which is shown once. Its name, addresses, privileges and limits stay."),
    ];
    body.extend(older);
    body.push(overlap_choice(chosen, date, errors, around.awake));
    let question = Ask {
        title: "Change API key",
        mark: mark(key.environment),
        home: menu_button_id(&key.id),
        body,
        errors,
        label: "Change Key",
        is_final: false,
        act,
    };
    ask(question, around)
}

fn overlap_choice(
    chosen: RwSignal<String>,
    date: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
    awake: Signal<bool>,
) -> Element {
    let choice = |(value, label): (&'static str, &'static str)| {
        let choose = move |is_on: bool| {
            if is_on {
                chosen.set(value.to_owned());
            }
        };
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", "overlap")
            .attr("value", value)
            .live_flag("disabled", move || !awake.get())
            .checked(move || chosen.with(|chosen| chosen == value), choose);
        el("label").class("check").child(radio).child(label)
    };
    let date_box = move || {
        chosen.with(|chosen| chosen == ON_A_DATE).then(|| {
            el("input")
                .class("input")
                .attr("id", "overlap")
                .attr("type", "datetime-local")
                .attr("aria-label", "Until (UTC)")
                .attr("aria-describedby", "overlap-error")
                .typed(date)
        })
    };
    el("div")
        .class("field")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", "overlap-title")
        .child(el("span").class("label").attr("id", "overlap-title").child("How long the old key goes on working"))
        .child(el("div").class("stack tight").children(CHOICES.map(choice)))
        .child(el("div").class("contents").live_if(date_box))
        .child(error_line(errors, "overlap").attr("id", "overlap-error"))
        .child(
            el("p")
                .class("hint")
                .child("Meanwhile the key's page tells from where the old one is still used, and can end it sooner."),
        )
}
