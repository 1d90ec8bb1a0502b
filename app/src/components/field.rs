//! One line of a form: label, input, hint, and the message of the field itself.

use super::focus::focus_soon;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use leptos::prelude::*;

/// A text box and what stands around it.
#[derive(Clone, Copy)]
pub struct Field {
    /// The input's id. It is also its name in a plain form, without `again-`, and errors are looked up by it.
    pub id: &'static str,
    /// What a person reads before it.
    pub label: &'static str,
    /// The input's type.
    pub kind: &'static str,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    /// What stands below it; may be empty.
    pub hint: &'static str,
}

impl Field {
    /// The field, tied to its value and to the messages of its form.
    pub fn view(self, value: RwSignal<String>, errors: RwSignal<FieldErrors>) -> Element {
        let Self { id, label, kind, autocomplete, hint } = self;
        let input = el("input")
            .class("input")
            .attr("id", id)
            .attr("name", id.strip_prefix("again-").unwrap_or(id))
            .attr("type", kind)
            .attr("autocomplete", autocomplete)
            .attr("required", "")
            .bind_value(value);
        field(el("label").attr("for", id).child(label), input, id, hint, errors)
    }
}

/// A label and an input with the field's message and hint below.
pub fn field(
    label: Element,
    input: Element,
    id: &'static str,
    hint: &'static str,
    errors: RwSignal<FieldErrors>,
) -> Element {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    el("div")
        .class("field")
        .child(label)
        .child(
            input
                .attr("aria-describedby", format!("{error_id} {hint_id}"))
                .bind_true("aria-invalid", move || error_of(errors, id).is_some()),
        )
        .child(error_line(errors, id).attr("id", error_id))
        .child(el("p").class("hint").attr("id", hint_id).child(hint))
}

/// A counter that turns red beyond its limit.
pub fn counter(count: impl Fn() -> usize + Clone + Send + 'static, limit: usize) -> Element {
    let counted = count.clone();
    el("span")
        .bind_attr("class", move || Some(if counted() > limit { "counter bad" } else { "counter" }.into()))
        .bind_text(move || format!("{} of {limit}", count()))
}

/// The paragraph for the message of one field.
pub fn error_line(errors: RwSignal<FieldErrors>, id: &'static str) -> Element {
    el("p").class("error").bind_text(move || error_of(errors, id).unwrap_or_default())
}

/// The message of one field, now.
pub fn error_of(errors: RwSignal<FieldErrors>, id: &str) -> Option<String> {
    errors.with(|errors| errors.get(id).map(ToOwned::to_owned))
}

/// Shows the messages and goes to the first field that has one. Their form may be gone by now.
pub fn show_field_errors(errors: RwSignal<FieldErrors>, found: FieldErrors) {
    let first = found.0.first().map(|error| error.field.clone());
    let _ = errors.try_set(found);
    if let Some(field) = first {
        focus_soon(field);
    }
}
