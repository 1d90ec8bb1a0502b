//! The island that moves the focus in every popover menu of the page. Menus themselves are rendered by the server and
//! open without it: a button with `popovertarget`, and an element with `role="menu"` and `popover`.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// Once on each page with menus.
#[island]
pub fn MenuKeys() -> impl IntoView {
    Effect::new(|_| {
        window_event_listener(leptos::ev::keydown, |event| handle_key(&event));
        // A toggle does not bubble.
        let on_toggle = Closure::<dyn Fn(Event)>::new(|event: Event| focus_first(&event)).into_js_value();
        let _ = document().add_event_listener_with_callback_and_bool("toggle", on_toggle.unchecked_ref(), true);
    });
}

fn element_of(event: &Event) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
}

fn items(menu: &Element) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Moves the focus into a menu that was opened.
fn focus_first(event: &Event) {
    let Some(menu) = element_of(event) else { return };
    if menu.matches("[role=menu]:popover-open").unwrap_or(false)
        && let Some(item) = items(&menu).first()
    {
        let _ = item.focus();
    }
}

fn handle_key(event: &KeyboardEvent) {
    let Some(target) = element_of(event).filter(|_| !event.default_prevented()) else { return };
    let key = event.key();
    if let Some(menu) = closest(&target, "[role=menu]") {
        handle_menu_key(event, &key, &menu, &target);
    } else if key == "ArrowDown"
        && let Some(button) = closest(&target, "[aria-haspopup=menu]")
    {
        event.prevent_default();
        button.click();
    }
}

fn handle_menu_key(event: &KeyboardEvent, key: &str, menu: &HtmlElement, target: &HtmlElement) {
    let items = items(menu);
    let last = items.len().saturating_sub(1);
    let current = items.iter().position(|item| item == target);
    let next = match key {
        "ArrowDown" => current.filter(|index| *index < last).map_or(0, |index| index + 1),
        "ArrowUp" => current.filter(|index| *index > 0).map_or(last, |index| index - 1),
        "Home" => 0,
        "End" => last,
        "Tab" => {
            // The focus returns to the menu's button and moves on from there.
            let _ = menu.hide_popover();
            return;
        }
        // On a link, the space bar would scroll the page.
        " " if target.has_attribute("href") => {
            event.prevent_default();
            target.click();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
