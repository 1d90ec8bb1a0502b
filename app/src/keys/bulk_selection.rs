//! Selecting several keys, and the bar with the actions on the selection.

use super::key_list::KeyList;
use super::overlay::Overlay;
use super::server::KeyAction;
use crate::components::button;
use crate::dom::{Element, el};
use leptos::prelude::*;

/// The check box that selects one key.
pub(super) fn select_checkbox(list: KeyList, id: &str, name: &str) -> Element {
    let (own, id) = (id.to_owned(), id.to_owned());
    let choose = move |is_on: bool| {
        list.selected.update(|selected| {
            selected.retain(|other| *other != id);
            if is_on {
                selected.push(id.clone());
            }
        });
    };
    el("input")
        .attr("type", "checkbox")
        .attr("aria-label", format!("Select {name}"))
        .bind_checked(move || list.selected.with(|selected| selected.contains(&own)), choose)
}

/// The check box that selects all keys shown.
pub(super) fn select_all_checkbox(list: KeyList) -> Element {
    let is_all = move || list.keys.with(|keys| !keys.is_empty() && list.selected.with(Vec::len) == keys.len());
    let choose = move |is_on: bool| {
        let all = list.keys.with_untracked(|keys| keys.iter().map(|key| key.id.clone()).collect());
        list.selected.set(if is_on { all } else { Vec::new() });
    };
    el("label")
        .class("check")
        .child(el("input").attr("type", "checkbox").bind_checked(is_all, choose))
        .child(el("span").class("select-all").child("Select all on this page"))
}

/// The actions on the selected keys, shown while there are any.
pub(super) fn bulk_action_bar(list: KeyList) -> Element {
    let action_button = move |(action, label): (KeyAction, &'static str)| {
        let class = if action == KeyAction::Delete { "button danger" } else { "button" };
        button(class).on_click(move || list.navigator.open(Overlay::Bulk(action))).child(label)
    };
    let bar = move || {
        let count = list.selected.with(Vec::len);
        let actions = [(KeyAction::Disable, "Disable"), (KeyAction::Enable, "Enable"), (KeyAction::Delete, "Delete")];
        (count > 0).then(|| {
            el("div")
                .class("bar")
                .attr("role", "group")
                .attr("aria-label", "Selected keys")
                .child(el("span").child(format!("{count} selected")))
                .child(el("span").class("space"))
                .children(actions.map(action_button))
        })
    };
    el("div").class("contents").bind_child(bar)
}
