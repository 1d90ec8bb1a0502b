//! The note in the editor when another member updated the key since the form was opened (optimistic locking), and the
//! choice between their version and this one.

use super::key_form_state::KeyFormState;
use super::server::EditConflict;
use crate::components::button;
use crate::dom::{Element, el};
use domain::policy::Policy;
use leptos::prelude::*;

/// The version of a key that the editor is based on.
#[derive(Default)]
pub(super) struct EditedVersion {
    /// The revision that the form was opened with; none for a new key.
    pub(super) revision: Option<i64>,
    /// The newer version that the last attempt to save found.
    pub(super) conflict: Option<EditConflict>,
}

/// The note, while `has_conflict`. Both choices continue from the stored revision.
pub(super) fn edit_conflict_note(
    version: StoredValue<EditedVersion>,
    has_conflict: RwSignal<bool>,
    draft: KeyFormState,
    policy: StoredValue<Policy>,
    save: Callback<()>,
) -> Element {
    let choice = move |label: &'static str, discard: bool| {
        let resolve = move || {
            let Some(EditConflict { key, .. }) = version.write_value().conflict.take() else { return };
            version.write_value().revision = Some(key.revision);
            has_conflict.set(false);
            if discard {
                policy.with_value(|policy| draft.load(&key, policy));
            } else {
                save.run(());
            }
        };
        button("button").on_click(resolve).child(label)
    };
    let note = move || {
        if !has_conflict.get() {
            return None;
        }
        let EditConflict { summary, differences, .. } = version.with_value(|version| version.conflict.clone())?;
        let choices = [choice("Discard my changes", true), choice("Overwrite", false)];
        Some(
            el("div")
                .class("note warn conflict")
                .child(el("p").child(summary))
                .child(el("ul").children(differences.into_iter().map(|difference| el("li").child(difference))))
                .child(el("div").class("actions").children(choices)),
        )
    };
    el("div").attr("role", "alert").bind_child(note)
}
