//! A menu button. Opening and closing is the browser's own popover, so it works before wasm arrives; wasm adds the
//! arrow keys.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A button named `label` with a menu of `children`, each a `role="menuitem"`.
#[component]
pub fn Menu(id: String, #[prop(into)] label: String, button: AnyView, class: &'static str, children: Children) -> impl IntoView {
    let name = label.clone();
    let own = id.clone();
    view! {
        <button class=class type="button" id=format!("{id}-button") popovertarget=id.clone() aria-haspopup="menu" aria-label=label
            on:keydown=move |event| {
                if event.key() == "ArrowDown" {
                    event.prevent_default();
                    if let Some(menu) = find(&own) {
                        let _ = menu.show_popover();
                    }
                }
            }>
            {button}
        </button>
        <div class="menu" id=id popover="auto" role="menu" aria-label=name
            on:toggle=move |event| {
                if let Some(menu) = event.current_target().and_then(|menu| menu.dyn_into::<HtmlElement>().ok())
                    && menu.matches(":popover-open").unwrap_or(false)
                {
                    focus_item(&menu, 0);
                }
            }
            on:keydown=on_key>
            {children()}
        </div>
    }
}

/// Closes the menu with this id; the focus goes back to its button.
pub fn close_menu(id: &str) {
    if let Some(menu) = find(id) {
        let _ = menu.hide_popover();
    }
}

fn find(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn focus_item(menu: &HtmlElement, index: usize) {
    if let Some(item) = items(menu).get(index) {
        let _ = item.focus();
    }
}

fn on_key(event: leptos::ev::KeyboardEvent) {
    let Some(menu) = event.current_target().and_then(|menu| menu.dyn_into::<HtmlElement>().ok()) else { return };
    let items = items(&menu);
    let active = document().active_element();
    let current = items.iter().position(|item| active.as_ref().is_some_and(|active| item.is_same_node(Some(active))));
    let last = items.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowDown" => current.map_or(0, |index| if index == last { 0 } else { index + 1 }),
        "ArrowUp" => current.map_or(last, |index| if index == 0 { last } else { index - 1 }),
        "Home" => 0,
        "End" => last,
        "Tab" => {
            let _ = menu.hide_popover();
            return;
        }
        " " => {
            event.prevent_default();
            if let Some(item) = current.and_then(|index| items.get(index)) {
                item.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    focus_item(&menu, next);
}
