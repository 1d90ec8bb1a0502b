//! A field for a whole number. It is a text input: "10,000" is accepted, and invalid text gets an error message instead of
//! being swallowed by `type="number"`.

use super::field::field;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use leptos::prelude::*;

/// The field. Its id is also its name.
pub fn number_field(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
) -> Element {
    let input = el("input")
        .class("input")
        .attr("id", id)
        .attr("name", id)
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .bind_value(value);
    field(el("label").attr("for", id).child(label), input, id, hint, errors)
}
