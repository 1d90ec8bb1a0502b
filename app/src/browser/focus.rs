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

/// Moves the focus to the field with this id in the next frame, when pending changes are rendered. A collapsed section
/// around it is opened. Of a choice with a date beside it, the date gets the focus while it is shown.
pub fn focus_field_soon(id: String) {
    request_animation_frame(move || {
        let section = document().get_element_by_id(&id).and_then(|field| field.closest("details:not([open])").ok()?);
        if let Some(section) = section {
            // Does not fail for a constant attribute.
            let _ = section.set_attribute("open", "");
        }
        focus(&id);
        focus(&format!("{id}_at"));
    });
}

/// Whether no element has the focus.
pub fn focus_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Remembers what the page after this one focuses: the control that opened a dialog.
pub fn remember_focus(id: &str) {
    store_item(RETURN_FOCUS, id);
}

/// Focuses what the page before remembered, or the first of `others` that can have the focus if that is gone; nothing if
/// this page has focused something itself.
pub fn restore_focus(others: &[&str]) {
    let Some(id) = load_item(RETURN_FOCUS) else { return };
    remove_item(RETURN_FOCUS);
    for id in std::iter::once(&*id).chain(others.iter().copied()) {
        if focus_lost() {
            focus(id);
        }
    }
}
