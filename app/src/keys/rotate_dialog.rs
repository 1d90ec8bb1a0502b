//! "Rotate Key": a new secret for the same key, and how long the old one keeps working (the overlap).

use super::confirm_dialog::{Confirmation, boxed_action, confirm_dialog, name_and_mask};
use super::dialog_context::DialogContext;
use super::element_ids::menu_button_id;
use super::environment_field::environment_badge;
use super::form_state::FormState;
use super::server::{KeyWithSecret, rotate_key};
use crate::components::error_line;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use domain::lifecycle::RotateForm;
use domain::views::KeyView;
use leptos::prelude::*;

/// The choice that asks for a date.
const ON_A_DATE: &str = "date";
const CHOICES: [(&str, &str); 5] = [
    ("none", "Not at all: it is refused immediately"),
    ("1h", "1 hour"),
    ("24h", "24 hours"),
    ("7d", "7 days"),
    (ON_A_DATE, "Until a date…"),
];

/// The dialog. `on_rotated` gets the key with its new secret.
pub(super) fn rotate_dialog(key: &KeyView, context: DialogContext, on_rotated: Callback<KeyWithSecret>) -> Element {
    let chosen = RwSignal::new(RotateForm::default().overlap);
    let date = RwSignal::new(String::new());
    let id = StoredValue::new(key.id.clone());
    let action = Callback::new(move |()| {
        let overlap = match chosen.get_untracked() {
            // An empty date is sent as it is; the server refuses it with the message about dates.
            choice if choice == ON_A_DATE => date.get_untracked(),
            choice => choice,
        };
        boxed_action(async move {
            on_rotated.run(rotate_key(id.get_value(), RotateForm { overlap }).await?);
            Ok(())
        })
    });
    let form = FormState::new();
    let text = " gets a new secret, which is shown once. Its name, whitelist, privileges and limits stay the same.";
    let mut body = vec![name_and_mask(el("p"), key).child(text)];
    body.extend(key.old_secret_until.map(|_| {
        el("p").class("note warn").child(
            "The old key from the last rotation still works. It stops working now: only the current key can overlap \
             with the new one.",
        )
    }));
    body.push(overlap_field(chosen, date, form.errors, context.hydrated));
    let confirmation = Confirmation {
        title: "Rotate API key",
        badge: environment_badge(key.environment),
        return_focus: menu_button_id(&key.id),
        body,
        form,
        label: "Rotate Key",
        is_irreversible: false,
        action,
    };
    confirm_dialog(confirmation, context)
}

fn overlap_field(
    chosen: RwSignal<String>,
    date: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
    hydrated: Signal<bool>,
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
            .bind_flag("disabled", move || !hydrated.get())
            .bind_checked(move || chosen.with(|chosen| chosen == value), choose);
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
                .bind_value(date)
        })
    };
    el("div")
        .class("field")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", "overlap-title")
        .child(el("span").class("label").attr("id", "overlap-title").child("How long the old key keeps working"))
        .child(el("div").class("stack tight").children(CHOICES.map(choice)))
        .child(el("div").class("contents").bind_child(date_box))
        .child(error_line(errors, "overlap").attr("id", "overlap-error"))
        .child(el("p").class("hint").child(
            "Until then the key's page shows which addresses still use the old key, and lets you end it sooner.",
        ))
}
