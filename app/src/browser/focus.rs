//! The keyboard focus, within a page and from one page to the next.

use super::storage::{load_item, remove_item, store_item};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Where the next page reads what it should focus.
const RETURN_FOCUS: &str = "keyhatch-focus";

/// Moves the focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Focus is a convenience; ignore an element that refuses it.
        let _ = element.focus();
    }
}

/// Moves the focus in the next frame, when pending changes are rendered.
pub fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}

/// Whether no element has the focus.
pub fn focus_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Remembers what the page after this one focuses: the control that opened a dialog.
pub fn remember_focus(id: &str) {
    store_item(RETURN_FOCUS, id);
}

/// Focuses what the page before remembered, unless this page has focused something itself.
pub fn restore_focus() {
    let Some(id) = load_item(RETURN_FOCUS) else { return };
    remove_item(RETURN_FOCUS);
    if focus_lost() {
        focus(&id);
    }
}
