//! The texts that islands write: the page carries them in its language.

/// The id of the element that carries them.
pub const TEXTS_ID: &str = "texts";

/// Sets the texts. To be called before the first island is hydrated.
#[cfg(target_arch = "wasm32")]
pub fn install_texts() {
    let element = leptos::prelude::document().get_element_by_id(TEXTS_ID);
    if let Some(json) = element.and_then(|element| element.text_content()) {
        i18n::install(&json);
    }
}
