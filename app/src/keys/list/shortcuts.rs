//! The keyboard shortcuts of the list: `/` searches, `c` adds a key, `?` shows them. They can be switched off, because
//! speech input may type single characters by accident (WCAG 2.1.4).

#[cfg(feature = "ssr")]
use crate::text::list as text;
use crate::text::list_islands::use_shortcuts;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDocument, HtmlElement, KeyboardEvent};

/// The cookie that switches the shortcuts off.
const OFF: &str = "shortcuts=off";
/// How long it lasts, in seconds.
const YEAR: u32 = 365 * 86_400;

/// The list of shortcuts.
#[cfg(feature = "ssr")]
pub(super) fn shortcuts_help() -> AnyView {
    let line = |(key, act): (&'static str, &'static str)| view! { <dt><kbd>{key}</kbd></dt> <dd>{act}</dd> };
    let lines = [("/", text::shortcut_search()), ("c", text::add_key()), ("?", text::shortcut_help())];
    view! {
        <div class="sheet shortcuts" id="shortcuts" popover="auto" role="dialog" aria-labelledby="shortcuts-title">
            <div class="head">
                <h2 id="shortcuts-title">{text::shortcuts()}</h2>
                <button class="close" type="button" popovertarget="shortcuts" aria-label=text::close()></button>
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
        is_on.set(!is_stored_off());
        window_event_listener(ev::keydown, move |event| {
            if is_on.get_untracked() && is_free(&event) {
                handle_key(&event);
            }
        });
    });
    view! {
        <label class="check">
            <input type="checkbox" bind:checked=is_on on:change=move |_| store(is_on.get_untracked()) />
            {use_shortcuts()}
        </label>
    }
}

fn is_stored_off() -> bool {
    let cookies = document().unchecked_ref::<HtmlDocument>().cookie().unwrap_or_default();
    cookies.split("; ").any(|cookie| cookie == OFF)
}

fn store(is_on: bool) {
    let age = if is_on { 0 } else { YEAR };
    let cookie = format!("{OFF}; Max-Age={age}; Path=/settings; SameSite=Strict");
    // Without cookies, the choice holds for this page.
    let _ = document().unchecked_ref::<HtmlDocument>().set_cookie(&cookie);
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
