//! A modal dialog or side panel on the native `<dialog>`: the rest of the page is inert, and the focus is trapped and
//! restored. The server renders it open, so that it is readable before hydration.

use super::button::{button, key_of};
use super::focus::focus;
use crate::dom::{Element, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The options of a dialog.
pub struct Dialog {
    /// The heading, which is also the accessible name.
    pub title: &'static str,
    /// The id of the heading.
    pub title_id: &'static str,
    /// Shown beside the heading.
    pub badge: Option<Element>,
    /// The id of the element that gets the focus on close, if the previously focused one is gone.
    pub return_focus: String,
    /// The CSS class.
    pub class: &'static str,
    /// Whether a click on the backdrop closes it.
    pub close_on_backdrop: bool,
    /// While true, only the caller's buttons close it: not Escape, the backdrop or the close button.
    pub locked: Signal<bool>,
    /// Called by Escape, the backdrop and the close button.
    pub on_close: Callback<()>,
}

impl Dialog {
    /// The open dialog with its header. The caller adds the content.
    pub fn view(self) -> Element {
        let Self { title, title_id, badge, return_focus, class, close_on_backdrop, locked, on_close } = self;
        let request_close = move || {
            if !locked.get_untracked() {
                on_close.run(());
            }
        };
        let head =
            el("header").class("dialog-head").child(el("h2").attr("id", title_id).child(title)).children(badge).child(
                button("icon-button")
                    .attr("aria-label", "Close")
                    .bind_flag("hidden", move || locked.get())
                    .on_click(request_close)
                    .child("✕"),
            );
        el("dialog")
            .class(class)
            .attr("open", "")
            .attr("aria-labelledby", title_id)
            .on("cancel", move |event| {
                event.prevent_default();
                request_close();
            })
            .on("keydown", move |event| {
                if key_of(&event) == "Escape" {
                    // By default a second Escape closes even a locked dialog.
                    event.prevent_default();
                    event.stop_propagation();
                    request_close();
                }
            })
            .on("mousedown", move |event| {
                if close_on_backdrop && is_on_backdrop(event.unchecked_ref()) {
                    request_close();
                }
            })
            .on_mount(move |dialog| open_modal(dialog, return_focus))
            .child(head)
    }
}

/// Opens the mounted dialog as modal, and restores the focus when it is removed.
fn open_modal(dialog: web_sys::Element, return_focus: String) {
    let dialog: web_sys::HtmlDialogElement = dialog.unchecked_into();
    let opener = StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into().ok()));
    on_cleanup(move || restore_focus(opener.try_get_value().flatten(), return_focus));
    dialog.close();
    // Fails only for a dialog that is not on the page.
    let _ = dialog.show_modal();
    let first = ["[autofocus]", "input:not([type=hidden]), textarea"]
        .into_iter()
        .find_map(|wanted| dialog.query_selector(wanted).ok().flatten());
    if let Some(first) = first {
        let _ = first.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}

fn restore_focus(opener: Option<web_sys::HtmlElement>, return_focus: String) {
    let Some(opener) = opener else { return };
    request_animation_frame(move || {
        if opener.is_connected() && opener.tag_name() != "BODY" {
            let _ = opener.focus();
        } else if document().get_element_by_id(&opener.id()).is_some() {
            // The row was re-rendered, and its new button has the same id.
            focus(&opener.id());
        } else if !focus_if_lost(&return_focus) {
            // Wait one more frame: another dialog that closes now may restore the focus itself.
            request_animation_frame(move || {
                if !focus_if_lost(&return_focus) && is_focus_lost() {
                    focus("add-key");
                }
            });
        }
    });
}

/// Focuses this element if the focus is lost and the element exists. Returns whether it did.
fn focus_if_lost(return_focus: &str) -> bool {
    let moves = is_focus_lost() && document().get_element_by_id(return_focus).is_some();
    if moves {
        focus(return_focus);
    }
    moves
}

/// Whether no element has the focus and no open dialog will take it.
fn is_focus_lost() -> bool {
    let page = document();
    page.query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_none())
        && page.active_element().is_none_or(|active| active.tag_name() == "BODY")
}

fn is_on_backdrop(event: &web_sys::MouseEvent) -> bool {
    let Some(dialog) = event.current_target() else { return false };
    let area = dialog.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
}
