//! Moving the keyboard focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focus is a convenience; ignore an element that refuses it.
        let _ = element.focus();
    }
}

/// Moves the focus in the next frame, when pending changes are rendered.
pub fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}
