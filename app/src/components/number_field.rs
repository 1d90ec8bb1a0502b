//! A box for a whole number, as a text: a person may write "10,000", and a message says more than a box that swallows
//! what it does not like.

use super::field::field;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use leptos::prelude::*;

/// The box with its label, its hint and its message. Its id is also its name.
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
