//! Buttons, and links that act as buttons once hydrated; before that they are plain navigation.

use crate::dom::{Element, el};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// A button with `type="button"`.
pub fn button(class: &'static str) -> Element {
    el("button").class(class).attr("type", "button")
}

/// A submit button.
pub fn submit(class: &'static str) -> Element {
    el("button").class(class).attr("type", "submit")
}

/// A link that acts as a button: a click or the space bar calls `act` instead of navigating.
pub fn link_button(class: &'static str, address: String, act: impl Fn() + Clone + Send + 'static) -> Element {
    let act_on_space = act.clone();
    el("a").class(class).attr("role", "button").attr("href", address).on_click(act).on("keydown", move |event| {
        if key_of(&event) == " " {
            event.prevent_default();
            act_on_space();
        }
    })
}

/// The `key` of a keyboard event.
pub fn key_of(event: &web_sys::Event) -> String {
    event.unchecked_ref::<KeyboardEvent>().key()
}
