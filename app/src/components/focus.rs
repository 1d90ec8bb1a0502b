//! Moving the keyboard's focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focus is a convenience; an element that refuses it stays usable.
        let _ = element.focus();
    }
}

/// The same, once what is being changed now is on the page.
pub fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}
