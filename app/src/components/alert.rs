//! A message above a form, announced by screen readers.

use crate::dom::{Element, el};
use leptos::prelude::*;

/// Shows `message` while there is one.
pub fn alert(message: RwSignal<Option<String>>) -> Element {
    el("div")
        .attr("role", "alert")
        .bind_child(move || message.get().map(|message| el("p").class("note bad").child(message)))
}
