//! A box to choose one of a few from.

use crate::dom::{Element, Text, el};
use leptos::prelude::*;

/// A select box that shows `value` and keeps it. Each option is its value and what a person reads. Its id is also its
/// name.
pub fn select(id: &'static str, options: Vec<(Text, Text)>, value: RwSignal<String>) -> Element {
    let chosen = value.get_untracked();
    let options = options.into_iter().map(|(of, label)| {
        let option = if of == chosen { el("option").attr("selected", "") } else { el("option") };
        option.attr("value", of).child(label)
    });
    el("select").attr("id", id).attr("name", id).class("input").children(options).bind_value(value)
}
