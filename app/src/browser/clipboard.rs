//! Copying to the clipboard.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text with the clipboard API. On a page without https, which has no such API, the text area with the id
/// `fallback` is selected and copied. Returns whether it worked.
pub async fn copy(text: &str, fallback: &str) -> bool {
    let window = window();
    if window.is_secure_context() && JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    let page = document();
    if let Some(area) = page.get_element_by_id(fallback).and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) {
        let _ = area.focus();
        area.select();
    }
    page.dyn_into::<HtmlDocument>().is_ok_and(|page| page.exec_command("copy").unwrap_or(false))
}
