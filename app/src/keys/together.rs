//! Several keys at once: which are selected, and the bar with what can be done to them.

use super::list::List;
use super::place::Place;
use super::server::Deed;
use crate::dom::{Element, el};
use crate::parts::button;
use leptos::prelude::*;

/// The box that selects one key.
pub(super) fn select_one(list: List, id: &str, name: &str) -> Element {
    let (held, id) = (id.to_owned(), id.to_owned());
    let choose = move |is_on: bool| {
        list.selected.update(|selected| {
            selected.retain(|one| *one != id);
            if is_on {
                selected.push(id.clone());
            }
        });
    };
    el("input")
        .attr("type", "checkbox")
        .attr("aria-label", format!("Select {name}"))
        .checked(move || list.selected.with(|selected| selected.contains(&held)), choose)
}

/// The box that selects all that are shown.
pub(super) fn select_all(list: List) -> Element {
    let is_all = move || list.keys.with(|keys| !keys.is_empty() && list.selected.with(Vec::len) == keys.len());
    let choose = move |is_on: bool| {
        let all = list.keys.with_untracked(|keys| keys.iter().map(|key| key.id.clone()).collect());
        list.selected.set(if is_on { all } else { Vec::new() });
    };
    el("label")
        .class("check")
        .child(el("input").attr("type", "checkbox").checked(is_all, choose))
        .child(el("span").class("select-all").child("Select all on this page"))
}

/// What can be done to the selected keys, while there are some.
pub(super) fn bar(list: List) -> Element {
    let action = move |(deed, label): (Deed, &'static str)| {
        let class = if deed == Deed::Delete { "button danger" } else { "button" };
        button(class).on_click(move || list.navigator.open(Place::Selected(deed))).child(label)
    };
    let shown = move || {
        let count = list.selected.with(Vec::len);
        let deeds = [(Deed::Disable, "Disable"), (Deed::Enable, "Enable"), (Deed::Delete, "Delete")];
        (count > 0).then(|| {
            el("div")
                .class("bar")
                .attr("role", "group")
                .attr("aria-label", "Selected keys")
                .child(el("span").child(format!("{count} selected")))
                .child(el("span").class("space"))
                .children(deeds.map(action))
        })
    };
    el("div").class("contents").live_if(shown)
}
