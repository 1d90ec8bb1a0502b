//! What a person typed before wasm arrived: the framework would put the page's first values in its place.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Takes over what the field with this id holds now. Belongs before the field's view, and only where the page came from
/// the server.
pub fn keep_typed(id: &str, value: RwSignal<String>) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let Some(field) = document().get_element_by_id(id) else { return };
    if let Some(field) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        value.set(field.value());
    } else if let Some(field) = field.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        value.set(field.value());
    }
}
