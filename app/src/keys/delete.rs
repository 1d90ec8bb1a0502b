//! The question before a key is deleted. It names the key and says what happens.

use super::around::Around;
use super::environment::mark;
use super::place::Place;
use super::row::menu_button_id;
use super::server::delete_key;
use crate::Problem;
use crate::access::sign_in_again;
use crate::dom::{Element, el};
use crate::parts::{Dialog, alert, button, link_button};
use domain::listing::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks, deletes, and tells what is gone.
pub(super) fn delete_dialog(key: KeyView, around: Around, on_deleted: Callback<KeyView>) -> Element {
    let Around { awake, navigator, .. } = around;
    let on_close = Callback::new(move |()| navigator.close());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let (name, masked, environment) = (key.name.clone(), key.masked.clone(), key.environment);
    let home = menu_button_id(&key.id);
    let key = StoredValue::new(key);
    let delete = move || {
        message.set(None);
        busy.set(true);
        spawn_local(async move {
            let Some(key) = key.try_get_value() else { return };
            let outcome = delete_key(key.id.clone(), None).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => on_deleted.run(key),
                Err(Problem::SignedOut) => drop(signed_out.try_set(true)),
                Err(problem) => drop(message.try_set(Some(problem.message()))),
            }
        });
    };
    let question = el("p")
        .child(el("strong").child(name))
        .child(" (")
        .child(el("span").class("mono").child(masked))
        .child(") stops working at once, everywhere. This cannot be undone.");
    let actions = el("div")
        .class("actions end")
        .child(
            link_button("button", navigator.address(&Place::List), move || on_close.run(()))
                .attr("autofocus", "")
                .child("Cancel"),
        )
        .child(
            button("button danger")
                .live_flag("disabled", move || !awake.get() || busy.get())
                .on_click(delete)
                .live_text(move || if busy.get() { "Deleting…" } else { "Delete Key" }),
        );
    let dialog = Dialog {
        title: "Delete API key",
        title_id: "delete-api-key",
        mark: mark(environment),
        home,
        class: "dialog",
        veil_closes: true,
        locked: Signal::stored(false),
        on_close,
    };
    let on_signed_in = Callback::new(move |()| {
        signed_out.set(false);
        delete();
    });
    let on_cancel = Callback::new(move |()| signed_out.set(false));
    el("div").child(dialog.view().child(alert(message)).child(question).child(actions)).child(sign_in_again(
        signed_out,
        on_signed_in,
        on_cancel,
    ))
}
