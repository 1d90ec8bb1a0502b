//! A form field: label, input, hint and error message.

use super::focus::focus_soon;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use leptos::prelude::*;

/// A text input with its label and hint.
#[derive(Clone, Copy)]
pub struct Field {
    /// The input's id, by which errors are looked up. Without its `again-` prefix it is also the input's name.
    pub id: &'static str,
    /// The label.
    pub label: &'static str,
    /// The `type` attribute.
    pub kind: &'static str,
    /// The `autocomplete` attribute.
    pub autocomplete: &'static str,
    /// The hint below the input; may be empty.
    pub hint: &'static str,
}

impl Field {
    /// The field, bound to its value and to the form's errors.
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

/// A label and an input, with error message and hint below.
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

/// A counter that turns red above its limit.
pub fn counter(count: impl Fn() -> usize + Clone + Send + 'static, limit: usize) -> Element {
    let counted = count.clone();
    el("span")
        .bind_attr("class", move || Some(if counted() > limit { "counter bad" } else { "counter" }.into()))
        .bind_text(move || format!("{} of {limit}", count()))
}

/// The error message of one field.
pub fn error_line(errors: RwSignal<FieldErrors>, id: &'static str) -> Element {
    el("p").class("error").bind_text(move || error_of(errors, id).unwrap_or_default())
}

/// The current error message of one field.
pub fn error_of(errors: RwSignal<FieldErrors>, id: &str) -> Option<String> {
    errors.with(|errors| errors.get(id).map(ToOwned::to_owned))
}

/// Shows the errors and focuses the first field that has one. Does nothing if the form is closed.
pub fn show_field_errors(errors: RwSignal<FieldErrors>, found: FieldErrors) {
    let first = found.0.first().map(|error| error.field.clone());
    let _ = errors.try_set(found);
    if let Some(field) = first {
        focus_soon(field);
    }
}
