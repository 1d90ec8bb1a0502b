//! The dialog that shows a new secret once. It stays locked until the key was copied, downloaded, or confirmed as saved.
//! When it closes, the secret is gone from the page.

use super::environment_field::environment_badge;
use super::server::KeyWithSecret;
use crate::components::{Dialog, button, text_area};
use crate::dom::{Element, el};
use domain::time::date_time_utc;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlTextAreaElement, Url};

/// The secret that the dialog shows.
pub(super) struct Revealed {
    pub(super) key: KeyWithSecret,
    /// Whether it replaces an older secret.
    pub(super) is_rotation: bool,
}

/// The dialog: shows the key, copies it, downloads its PDF.
pub(super) fn reveal_dialog(revealed: &Revealed, api_url: &str, on_done: Callback<()>) -> Element {
    let Revealed { key, is_rotation } = revealed;
    let (title, title_id) =
        if *is_rotation { ("API key rotated", "api-key-rotated") } else { ("API key created", "api-key-created") };
    let old = is_rotation.then(|| match key.key.old_secret_until {
        Some(until) => format!("The old key works until {}.", date_time_utc(until)),
        None => "The old key no longer works.".to_owned(),
    });
    let saved = RwSignal::new(false);
    let copied = RwSignal::new(None::<bool>);
    warn_before_leaving(saved);
    let copy_status = el("p").class("status").attr("role", "status").bind_text(move || match copied.get() {
        Some(true) => "The key is on the clipboard.",
        Some(false) => "The browser refused to copy. The key is selected: press Ctrl+C (on a Mac ⌘C).",
        None => "",
    });
    let example = format!("curl {api_url} \\\n  -H \"Authorization: ApiKey $KEYHATCH_KEY\"");
    let usage = el("div")
        .class("field")
        .child(el("p").class("hint").child("Send it with every call"))
        .child(el("pre").attr("tabindex", "0").attr("aria-label", "Example call").child(example));
    let dialog = Dialog {
        title,
        title_id,
        badge: environment_badge(key.key.environment),
        return_focus: String::new(),
        class: "dialog reveal",
        close_on_backdrop: false,
        locked: Signal::derive(move || !saved.get()),
        on_close: on_done,
    };
    let instruction = el("p")
        .child(el("strong").child(key.key.name.clone()))
        .child(" is ready. Save the key now: it is shown only once and cannot be recovered.");
    dialog
        .view()
        .child(instruction)
        .children(old.map(|old| el("p").child(old)))
        .child(key_line(key, saved, copied))
        .child(copy_status)
        .child(pdf_line(key, saved))
        .child(usage)
        .child(closing_line(saved, on_done))
}

/// The key and the button that copies it.
fn key_line(key: &KeyWithSecret, saved: RwSignal<bool>, copied: RwSignal<Option<bool>>) -> Element {
    let secret = RwSignal::new(key.secret.clone());
    let copy = move || {
        spawn_local(async move {
            let is_copied = copy_text(&secret.get_untracked()).await;
            let _ = copied.try_set(Some(is_copied));
            if is_copied {
                let _ = saved.try_set(true);
            }
        });
    };
    let copy_button = button("button")
        .attr("autofocus", "")
        .on_click(copy)
        .bind_text(move || if copied.get() == Some(true) { "Copied" } else { "Copy" });
    el("div")
        .class("key-line")
        .child(el("label").class("hidden").attr("for", "api-key").child("API key"))
        .child(text_area("api-key", "input mono key", "2", secret).attr("readonly", ""))
        .child(copy_button)
}

fn pdf_line(key: &KeyWithSecret, saved: RwSignal<bool>) -> Element {
    let file = format!("{}.pdf", key.key.name);
    let pdf = StoredValue::new(key.pdf.clone());
    let download = move || {
        if pdf.with_value(|pdf| save_file(pdf, &file)).is_ok() {
            saved.set(true);
        }
    };
    el("div")
        .class("actions")
        .child(button("button").on_click(download).child("Download PDF"))
        .child(el("span").class("hint").child("includes name, whitelist and privileges"))
}

/// The confirmation that the key is saved, and the button that it unlocks.
fn closing_line(saved: RwSignal<bool>, on_done: Callback<()>) -> Element {
    let check_box =
        el("input").attr("type", "checkbox").bind_checked(move || saved.get(), move |is_saved| saved.set(is_saved));
    let done = button("button primary")
        .bind_flag("disabled", move || !saved.get())
        .on_click(move || on_done.run(()))
        .child("Done");
    el("div")
        .class("actions")
        .child(el("label").class("check").child(check_box).child("I have saved this key"))
        .child(el("span").class("space"))
        .child(done)
}

/// Makes the browser warn before the page is left with an unsaved secret.
fn warn_before_leaving(saved: RwSignal<bool>) {
    let Some(window) = web_sys::window() else { return };
    let on_before_unload =
        Closure::<dyn FnMut(web_sys::BeforeUnloadEvent)>::new(move |event: web_sys::BeforeUnloadEvent| {
            if saved.try_get_untracked() == Some(false) {
                event.prevent_default();
            }
        });
    let _ = window.add_event_listener_with_callback("beforeunload", on_before_unload.as_ref().unchecked_ref());
    let on_before_unload = StoredValue::new_local(on_before_unload);
    on_cleanup(move || {
        let Some(window) = web_sys::window() else { return };
        let _ = on_before_unload.try_with_value(|on_before_unload| {
            window.remove_event_listener_with_callback("beforeunload", on_before_unload.as_ref().unchecked_ref())
        });
    });
}

/// Copies with the clipboard API, or from the selected text on a page without https, which has no such API.
async fn copy_text(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if window.is_secure_context() && JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    select_key();
    let page = document().dyn_into::<web_sys::HtmlDocument>().ok();
    page.is_some_and(|page| page.exec_command("copy").unwrap_or(false))
}

fn select_key() {
    let key = document().get_element_by_id("api-key").and_then(|key| key.dyn_into::<HtmlTextAreaElement>().ok());
    if let Some(key) = key {
        let _ = key.focus();
        key.select();
    }
}

/// Starts a download of a base64 file.
fn save_file(base64: &str, name: &str) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let text = window.atob(base64)?;
    let bytes: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(0)).collect();
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type("application/pdf");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
