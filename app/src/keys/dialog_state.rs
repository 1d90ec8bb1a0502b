//! Renders the overlay that the navigator names, and applies what its panel or dialog saved to the list.

use super::action_dialog::action_dialog;
use super::dialog_context::DialogContext;
use super::editor_panel::{SaveOutcome, editor_panel};
use super::explain_panel::{ExplainDraft, explain_panel};
use super::key_form_state::KeyFormState;
use super::key_list::KeyList;
use super::overlay::Overlay;
use super::reveal_dialog::Revealed;
use super::rotate_dialog::rotate_dialog;
use super::server::{KeyAction, KeyWithSecret};
use crate::dom::Element;
use domain::views::KeyView;
use leptos::prelude::*;

/// What panels and dialogs share with the list, and what they keep while they are closed.
#[derive(Clone, Copy)]
pub(super) struct DialogState {
    pub(super) context: DialogContext,
    pub(super) list: KeyList,
    /// The secret that is being shown.
    pub(super) revealed: RwSignal<Option<Revealed>>,
    /// The form of a new key. It survives closing the panel until the key is created.
    pub(super) new_key: KeyFormState,
    pub(super) explain_draft: ExplainDraft,
    /// The key that the address names, if it is not in the list.
    pub(super) overlay_key: StoredValue<Option<KeyView>>,
}

impl DialogState {
    /// The open panel or dialog, if there is one and the member may use it.
    pub(super) fn open_overlay(self) -> Option<Element> {
        let Self { context, list, .. } = self;
        let overlay = context.navigator.overlay();
        let is_allowed = context.may_manage || matches!(overlay, Overlay::Test(_));
        // Going forward in the history must not cover a secret that is not saved yet.
        if !is_allowed || self.revealed.with(Option::is_some) {
            return None;
        }
        let key = overlay.key_id().and_then(|id| self.find_key(id));
        let action = |action: KeyAction, key: KeyView| action_dialog(action, &[key], context, list);
        match (overlay, key) {
            (Overlay::Add, _) => Some(self.editor(None, self.new_key)),
            (Overlay::Edit(_), Some(key)) => {
                let draft = context.policy.with_value(|policy| KeyFormState::from_key(&key, policy));
                Some(self.editor(Some(&key), draft))
            }
            (Overlay::Rotate(_), Some(key)) => Some(rotate_dialog(&key, context, self.on_rotated())),
            (Overlay::EndOverlap(_), Some(key)) => Some(action(KeyAction::EndOverlap, key)),
            (Overlay::Disable(_), Some(key)) => Some(action(KeyAction::Disable, key)),
            (Overlay::Enable(_), Some(key)) => Some(action(KeyAction::Enable, key)),
            (Overlay::Delete(_), Some(key)) => Some(action(KeyAction::Delete, key)),
            (Overlay::Bulk(action), _) => {
                let selected = untrack(|| list.selected.get());
                let keys: Vec<KeyView> = selected.iter().filter_map(|id| self.find_key(id)).collect();
                Some(action_dialog(action, &keys, context, list))
            }
            (Overlay::Test(_), Some(key)) => Some(explain_panel(&key, self.explain_draft, context)),
            _ => None,
        }
    }

    fn find_key(self, id: &str) -> Option<KeyView> {
        let listed = untrack(|| self.list.find_key(id));
        listed.or_else(|| self.overlay_key.get_value().filter(|key| key.id == id))
    }

    fn editor(self, key: Option<&KeyView>, draft: KeyFormState) -> Element {
        editor_panel(key, draft, self.context, Callback::new(move |outcome| self.apply_saved(outcome)))
    }

    fn apply_saved(self, outcome: SaveOutcome) {
        match outcome {
            SaveOutcome::Created(created) => {
                self.context.policy.with_value(|policy| self.new_key.clear(policy));
                self.context.navigator.close();
                self.list.apply_created(created.key.clone());
                self.revealed.set(Some(Revealed { key: *created, is_rotation: false }));
            }
            SaveOutcome::Updated(key) => {
                self.context.navigator.close();
                self.list.apply_update(*key, "saved.");
            }
        }
    }

    fn on_rotated(self) -> Callback<KeyWithSecret> {
        Callback::new(move |rotated: KeyWithSecret| {
            self.context.navigator.close();
            self.list.apply_update(rotated.key.clone(), "rotated.");
            self.revealed.set(Some(Revealed { key: rotated, is_rotation: true }));
        })
    }
}
