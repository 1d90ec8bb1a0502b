//! What islands ask of the browser: form fields, the address, the focus, the session storage. Nothing here knows of keys.

mod clipboard;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod clock;
mod focus;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod form;
mod storage;
mod texts;

pub use clipboard::copy;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use clock::now;
pub use focus::{focus_field_soon, remember_focus, restore_focus};
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use form::{edit_text, fill_form, is_pristine, mark_invalid, read_form, set_disabled};
pub use storage::{load_item, remove_item, store_item};
pub use texts::TEXTS_ID;
#[cfg(target_arch = "wasm32")]
pub use texts::install_texts;

use leptos::prelude::window;

/// Loads another page in place of this one, so that Back does not return to a form that was sent.
pub fn replace_page(path: &str) {
    // Fails only while the page is already unloading.
    let _ = window().location().replace(path);
}
