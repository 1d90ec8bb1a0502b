//! The keyboard shortcuts of the list: `/` searches, `c` adds a key, `?` shows them. They can be switched off, because
//! speech input may type single characters by accident (WCAG 2.1.4).

use crate::text::list as text;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Entry of the browser's storage that switches the shortcuts off.
const OFF: &str = "shortcuts-off";

/// The list of shortcuts.
#[cfg(feature = "ssr")]
pub(super) fn shortcuts_help() -> AnyView {
    let line = |(key, act): (&'static str, &'static str)| view! { <dt><kbd>{key}</kbd></dt> <dd>{act}</dd> };
    let lines = [("/", text::SHORTCUT_SEARCH), ("c", text::ADD_KEY), ("?", text::SHORTCUT_HELP)];
    view! {
        <div class="sheet shortcuts" id="shortcuts" popover="auto" role="dialog" aria-labelledby="shortcuts-title">
            <div class="head">
                <h2 id="shortcuts-title">{text::SHORTCUTS}</h2>
                <button class="close" type="button" popovertarget="shortcuts" aria-label=text::CLOSE></button>
            </div>
            <dl>{lines.map(line).collect_view()}</dl>
            <Shortcuts />
        </div>
    }
    .into_any()
}

/// The switch, and what the keys do.
#[island]
pub fn Shortcuts() -> impl IntoView {
    let is_on = RwSignal::new(true);
    Effect::new(move |_| {
        is_on.set(stored().is_none());
        window_event_listener(ev::keydown, move |event| {
            if is_on.get_untracked() && is_free(&event) {
                handle_key(&event);
            }
        });
    });
    view! {
        <label class="check">
            <input type="checkbox" bind:checked=is_on on:change=move |_| store(is_on.get_untracked()) />
            {text::USE_SHORTCUTS}
        </label>
    }
}

fn stored() -> Option<String> {
    window().local_storage().ok()??.get_item(OFF).ok()?
}

fn store(is_on: bool) {
    // Without storage, the choice holds for this page.
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if is_on { storage.remove_item(OFF) } else { storage.set_item(OFF, "1") };
    }
}

/// Whether the key is meant for the page: not for a field, an open menu or dialog, or the browser.
fn is_free(event: &KeyboardEvent) -> bool {
    let is_taken = event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || event.is_composing();
    let fields = "input:not([type=checkbox], [type=radio]), textarea, select, [role=menu]";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_field = target.is_some_and(|target| target.closest(fields).is_ok_and(|field| field.is_some()));
    let has_dialog = find("dialog[open]").is_some();
    !is_taken && !is_field && !has_dialog
}

fn handle_key(event: &KeyboardEvent) {
    let find = |selector: &str| {
        event.prevent_default();
        find(selector)
    };
    match event.key().as_str() {
        "/" => {
            if let Some(search) = find("#search") {
                let _ = search.focus();
            }
        }
        "c" => {
            if let Some(add) = find("#add-key") {
                add.click();
            }
        }
        "?" => {
            if let Some(help) = find("#shortcuts") {
                let _ = help.show_popover();
            }
        }
        _ => {}
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}
