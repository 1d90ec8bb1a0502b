//! A text area for machine-readable text: no spell checking, capitalization or suggestions.

use crate::dom::{Element, el};
use leptos::prelude::*;

/// A text area bound to `value`. Its id is also its name.
pub fn text_area(id: &'static str, class: &'static str, rows: &'static str, value: RwSignal<String>) -> Element {
    el("textarea")
        .attr("id", id)
        .attr("name", id)
        .class(class)
        .attr("rows", rows)
        .attr("spellcheck", "false")
        .attr("autocapitalize", "none")
        .attr("autocomplete", "off")
        .bind_value(value)
}
