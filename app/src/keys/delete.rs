//! The question before keys are deleted. It names them and says what happens, and takes a reason.

use super::around::Around;
use super::ask::{Ask, about, ask, doing, sentence};
use super::server::delete_key;
use crate::dom::{Element, el};
use crate::parts::field;
use domain::form::FieldErrors;
use domain::life::REASON_MAX;
use domain::listing::KeyView;
use leptos::prelude::*;

/// Asks, deletes, and tells what is gone.
pub(super) fn delete_dialog(key: &KeyView, around: Around, on_deleted: Callback<KeyView>) -> Element {
    let (reason, stored) = (RwSignal::new(String::new()), StoredValue::new(key.clone()));
    let act = Callback::new(move |()| {
        let (key, reason) = (stored.get_value(), reason.get_untracked());
        doing(async move {
            delete_key(key.id.clone(), Some(reason)).await?;
            on_deleted.run(key);
            Ok(())
        })
    });
    let question = about(key, around, act);
    let errors = question.errors;
    ask(
        Ask {
            title: "Delete API key",
            title_id: "delete-api-key",
            body: vec![
                sentence(key, "stops working at once, everywhere. This cannot be undone."),
                reason_box(reason, errors),
            ],
            label: "Delete Key",
            is_final: true,
            ..question
        },
        around,
    )
}

/// Why. Nobody must say.
pub(super) fn reason_box(reason: RwSignal<String>, errors: RwSignal<FieldErrors>) -> Element {
    let input = el("input")
        .class("input")
        .attr("id", "reason")
        .attr("type", "text")
        .attr("maxlength", REASON_MAX.to_string())
        .attr("autocomplete", "off")
        .typed(reason);
    let label = el("label").attr("for", "reason").child("Reason");
    field(label, input, "reason", "Optional. Kept with the key's history.", errors)
}
