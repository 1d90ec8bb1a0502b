//! A box to choose one of a few from.

use crate::dom::{Element, el};
use leptos::prelude::*;

/// A select box that shows `value` and keeps it. Each option is its value and what a person reads. Its id is also its
/// name.
pub fn select<T: Into<String>>(
    id: &'static str,
    options: impl IntoIterator<Item = (T, T)>,
    value: RwSignal<String>,
) -> Element {
    let chosen = value.get_untracked();
    let options = options.into_iter().map(|(of, label)| {
        let (of, label) = (of.into(), label.into());
        let option = if of == chosen { el("option").attr("selected", "") } else { el("option") };
        option.attr("value", of).child(label)
    });
    el("select").attr("id", id).attr("name", id).class("input").children(options).typed(value)
}
