//! A modal dialog or slider on the browser's own `<dialog>`: the rest of the page is inert, focus stays inside and is
//! given back. Rendered by the server it is open already, so it can be read before wasm arrives.

use super::button::{button, key_of};
use super::focus::focus;
use crate::dom::{Element, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What a dialog is called, how it looks and when it closes.
pub struct Dialog {
    /// Its heading and its name.
    pub title: &'static str,
    /// The id of its heading.
    pub title_id: &'static str,
    /// What stands beside the heading.
    pub badge: Option<Element>,
    /// The id of what gets the focus afterwards, if what had it before is gone.
    pub return_focus: String,
    /// Its class.
    pub class: &'static str,
    /// Whether a click beside the dialog closes it.
    pub close_on_backdrop: bool,
    /// While true, nothing but the dialog's own buttons closes it.
    pub locked: Signal<bool>,
    /// Escape, the veil and the cross ask for this.
    pub on_close: Callback<()>,
}

impl Dialog {
    /// The open dialog with its head; the rest is to be added to it.
    pub fn view(self) -> Element {
        let Self { title, title_id, badge, return_focus, class, close_on_backdrop, locked, on_close } = self;
        let ask = move || {
            if !locked.get_untracked() {
                on_close.run(());
            }
        };
        let head =
            el("header").class("dialog-head").child(el("h2").attr("id", title_id).child(title)).children(badge).child(
                button("icon-button")
                    .attr("aria-label", "Close")
                    .bind_flag("hidden", move || locked.get())
                    .on_click(ask)
                    .child("✕"),
            );
        el("dialog")
            .class(class)
            .attr("open", "")
            .attr("aria-labelledby", title_id)
            .on("cancel", move |event| {
                event.prevent_default();
                ask();
            })
            .on("keydown", move |event| {
                if key_of(&event) == "Escape" {
                    // Left to the browser, a second Escape would close even a locked dialog.
                    event.prevent_default();
                    event.stop_propagation();
                    ask();
                }
            })
            .on("mousedown", move |event| {
                if close_on_backdrop && is_beside(event.unchecked_ref()) {
                    ask();
                }
            })
            .on_mount(move |dialog| open(dialog, return_focus))
            .child(head)
    }
}

/// Opens the dialog, which is on the page; gives the focus back when it goes.
fn open(dialog: web_sys::Element, return_focus: String) {
    let dialog: web_sys::HtmlDialogElement = dialog.unchecked_into();
    let opener = StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into().ok()));
    on_cleanup(move || give_back_focus(opener.try_get_value().flatten(), return_focus));
    dialog.close();
    // Refused only for a dialog that is not on the page; then there is nothing to show.
    let _ = dialog.show_modal();
    let first = ["[autofocus]", "input:not([type=hidden]), textarea"]
        .into_iter()
        .find_map(|wanted| dialog.query_selector(wanted).ok().flatten());
    if let Some(first) = first {
        let _ = first.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}

fn give_back_focus(opener: Option<web_sys::HtmlElement>, return_focus: String) {
    let Some(opener) = opener else { return };
    request_animation_frame(move || {
        if opener.is_connected() && opener.tag_name() != "BODY" {
            let _ = opener.focus();
        } else if document().get_element_by_id(&opener.id()).is_some() {
            // Its row was drawn anew with what was saved.
            focus(&opener.id());
        } else if !go_home(&return_focus) {
            // Later, because a dialog that closes at the same time may know better where the person was. It may be much
            // later, so the way return_focus counts even then.
            request_animation_frame(move || {
                if !go_home(&return_focus) && is_lost() {
                    focus("add-key");
                }
            });
        }
    });
}

/// Moves a focus that is lost to `return_focus`, if that is on the page. Whether it did.
fn go_home(return_focus: &str) -> bool {
    let goes = is_lost() && document().get_element_by_id(return_focus).is_some();
    if goes {
        focus(return_focus);
    }
    goes
}

/// Whether nothing has the focus, and no dialog is about to take it.
fn is_lost() -> bool {
    let page = document();
    page.query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_none())
        && page.active_element().is_none_or(|active| active.tag_name() == "BODY")
}

fn is_beside(event: &web_sys::MouseEvent) -> bool {
    let Some(dialog) = event.current_target() else { return false };
    let area = dialog.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
}
