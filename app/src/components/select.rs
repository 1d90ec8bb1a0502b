//! A select box.

use crate::dom::{Element, Text, el};
use leptos::prelude::*;

/// A select box bound to `value`. Each option is value and label. Its id is also its name.
pub fn select(id: &'static str, options: Vec<(Text, Text)>, value: RwSignal<String>) -> Element {
    let chosen = value.get_untracked();
    let options = options.into_iter().map(|(value, label)| {
        let option = if value == chosen { el("option").attr("selected", "") } else { el("option") };
        option.attr("value", value).child(label)
    });
    el("select").attr("id", id).attr("name", id).class("input").children(options).bind_value(value)
}
