//! The tab's session storage. It may be full or forbidden, so nothing depends on it. No secret is ever stored.

use leptos::prelude::window;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The stored value.
pub fn load_item(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Stores a value.
pub fn store_item(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Removes a value.
pub fn remove_item(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}
