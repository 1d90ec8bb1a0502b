//! A modal dialog or slider on the browser's own `<dialog>`: the rest of the page is inert, focus stays inside and is
//! given back. Rendered by the server it is open already, so it can be read before wasm arrives.

use super::focus::{focus, focus_soon};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Shows its children under a title. Escape, the veil and the cross ask `on_close`; `locked` refuses them.
#[component]
pub fn Dialog(
    title: &'static str,
    class: &'static str,
    #[prop(into)] on_close: Callback<()>,
    /// While true, nothing but the dialog's own buttons closes it.
    #[prop(into, optional)]
    locked: Signal<bool>,
    /// Whether a click beside the dialog closes it.
    #[prop(optional)]
    veil_closes: bool,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = title.to_lowercase().replace(' ', "-");
    let labelled_by = title_id.clone();
    open_modal(node);
    let ask = move || {
        if !locked.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog open class=class node_ref=node aria-labelledby=labelled_by
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                ask();
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    // Left to the browser, a second Escape would close even a locked dialog.
                    event.prevent_default();
                    event.stop_propagation();
                    ask();
                }
            }
            on:mousedown=move |event| {
                let beside = node.get_untracked().is_some_and(|dialog| is_beside(&dialog, &event));
                if veil_closes && beside {
                    ask();
                }
            }
        >
            <header class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <button class="icon-button" type="button" aria-label="Close" hidden=move || locked.get()
                    on:click=move |_| ask()>"✕"</button>
            </header>
            {children()}
        </dialog>
    }
}

fn open_modal(node: NodeRef<html::Dialog>) {
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        // Kept from here only: on the server, which runs no effects, a value of one thread would be given up on another.
        let opener = StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into().ok()));
        on_cleanup(move || give_back_focus(opener.try_get_value().flatten()));
        dialog.close();
        // Refused only for a dialog that is not on the page; then there is nothing to show.
        let _ = dialog.show_modal();
        let first = ["[autofocus]", "input:not([type=hidden]), textarea"]
            .into_iter()
            .find_map(|wanted| dialog.query_selector(wanted).ok().flatten());
        if let Some(first) = first.as_ref().and_then(|first| first.dyn_ref::<web_sys::HtmlElement>()) {
            let _ = first.focus();
        }
    });
}

fn give_back_focus(opener: Option<web_sys::HtmlElement>) {
    let Some(opener) = opener else { return };
    request_animation_frame(move || {
        let is_free = document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_none());
        if opener.is_connected() && opener.tag_name() != "BODY" {
            let _ = opener.focus();
        } else if document().get_element_by_id(&opener.id()).is_some() {
            // Its row was drawn anew with what was saved.
            focus(&opener.id());
        } else if is_free {
            focus_soon("add-key".to_owned());
        }
    });
}

fn is_beside(dialog: &web_sys::HtmlDialogElement, event: &web_sys::MouseEvent) -> bool {
    let area = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
}
