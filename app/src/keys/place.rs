//! What is open, as the address bar says it: so Back closes a slider, and a click before wasm has arrived is a plain
//! navigation.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

const PATH: &str = "/settings/api-keys";

/// What is open above the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Nothing.
    #[default]
    List,
    /// The slider, empty.
    Add,
    /// The slider, with this key.
    Edit(String),
    /// The question whether to delete this key.
    Delete(String),
}

impl Place {
    /// Reads a query string, with or without its question mark.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        let query = query.trim_start_matches('?');
        for pair in query.split('&') {
            match pair.split_once('=').unwrap_or((pair, "")) {
                ("add", _) => return Self::Add,
                ("edit", id) if is_id(id) => return Self::Edit(id.to_owned()),
                ("delete", id) if is_id(id) => return Self::Delete(id.to_owned()),
                _ => {}
            }
        }
        Self::List
    }

    /// The address of this place.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::List => PATH.to_owned(),
            Self::Add => format!("{PATH}?add"),
            Self::Edit(id) => format!("{PATH}?edit={id}"),
            Self::Delete(id) => format!("{PATH}?delete={id}"),
        }
    }

    /// The key that it is about.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Edit(id) | Self::Delete(id) => Some(id),
            Self::List | Self::Add => None,
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The place, kept in step with the address bar.
#[derive(Clone, Copy)]
pub(super) struct Navigator {
    place: RwSignal<Place>,
    pushed: StoredValue<bool>,
}

impl Navigator {
    pub(super) fn new(start: Place) -> Self {
        let place = RwSignal::new(start);
        let this = Self { place, pushed: StoredValue::new(false) };
        Effect::new(move |_| follow_back_button(this));
        this
    }

    pub(super) fn place(self) -> Place {
        self.place.get()
    }

    /// Opens a place; Back leads to where the person was.
    pub(super) fn open(self, place: Place) {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&place.address()));
        }
        self.pushed.set_value(true);
        self.place.set(place);
    }

    /// Goes back to the list, without leaving an entry to go forward into where there was none.
    pub(super) fn close(self) {
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
        if self.pushed.get_value() {
            self.pushed.set_value(false);
            let _ = history.back();
        } else {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(PATH));
        }
        self.place.set(Place::List);
    }
}

fn follow_back_button(navigator: Navigator) {
    let follow = Closure::<dyn FnMut()>::new(move || {
        let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        navigator.pushed.set_value(false);
        let place = Place::of_query(&query);
        if navigator.place.get_untracked() != place {
            navigator.place.set(place);
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("popstate", follow.as_ref().unchecked_ref());
    }
    // The island lives as long as the page, and so does its listener.
    follow.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_its_address() {
        for place in [Place::List, Place::Add, Place::Edit("key_1".into()), Place::Delete("key_1".into())] {
            let address = place.address();
            assert_eq!(Place::of_query(address.strip_prefix(PATH).unwrap()), place);
        }
    }

    #[test]
    fn rubbish_is_the_list() {
        for query in ["?edit=", "?edit=a/b", "?edit=%3Cscript%3E", "?q=add", "?"] {
            assert_eq!(Place::of_query(query), Place::List, "{query}");
        }
    }
}
