//! A menu button. Opening and closing is a native popover, which works before hydration; hydration adds arrow keys.

use super::button::{button, key_of};
use crate::dom::{Element, el};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A button named `label` with the content `face`, and its menu of `items`, each with `role="menuitem"`.
pub fn menu(id: &str, label: &str, class: &'static str, face: Vec<Element>, items: Vec<Element>) -> [Element; 2] {
    let own = id.to_owned();
    let opener = button(class)
        .attr("id", format!("{id}-button"))
        .attr("popovertarget", id.to_owned())
        .attr("aria-haspopup", "menu")
        .attr("aria-label", label.to_owned())
        .on("keydown", move |event| {
            if key_of(&event) == "ArrowDown" {
                event.prevent_default();
                if let Some(menu) = find_menu(&own) {
                    let _ = menu.show_popover();
                }
            }
        })
        .children(face);
    let list = el("div")
        .class("menu")
        .attr("id", id.to_owned())
        .attr("popover", "auto")
        .attr("role", "menu")
        .attr("aria-label", label.to_owned())
        .on("toggle", |event| {
            if let Some(menu) = menu_of(&event)
                && menu.matches(":popover-open").unwrap_or(false)
            {
                focus_item(&menu, 0);
            }
        })
        .on("keydown", |event| handle_key(&event))
        .children(items);
    [opener, list]
}

/// Closes the menu with this id. The browser returns the focus to its button.
pub fn close_menu(id: &str) {
    if let Some(menu) = find_menu(id) {
        let _ = menu.hide_popover();
    }
}

fn find_menu(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn focus_item(menu: &HtmlElement, index: usize) {
    if let Some(item) = items(menu).get(index) {
        let _ = item.focus();
    }
}

fn menu_of(event: &web_sys::Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

fn handle_key(event: &web_sys::Event) {
    let Some(menu) = menu_of(event) else { return };
    let items = items(&menu);
    let active = document().active_element();
    let current = items.iter().position(|item| active.as_ref().is_some_and(|active| item.is_same_node(Some(active))));
    let last = items.len().saturating_sub(1);
    let next = match key_of(event).as_str() {
        "ArrowDown" => current.map_or(0, |index| if index == last { 0 } else { index + 1 }),
        "ArrowUp" => current.map_or(last, |index| if index == 0 { last } else { index - 1 }),
        "Home" => 0,
        "End" => last,
        "Tab" => {
            let _ = menu.hide_popover();
            return;
        }
        " " => {
            event.prevent_default();
            if let Some(item) = current.and_then(|index| items.get(index)) {
                item.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    focus_item(&menu, next);
}
