//! Disabling, enabling and deleting one key or several, and ending the overlap of an old secret: the words of each
//! action, its confirmation, and applying it to the list.

use super::confirm_dialog::{Confirmation, boxed_action, confirm_dialog, name_and_mask};
use super::dialog_context::DialogContext;
use super::element_ids::menu_button_id;
use super::environment_field::environment_badge;
use super::form_state::FormState;
use super::key_list::KeyList;
use super::server::{KeyAction, apply_key_action};
use crate::AppError;
use crate::components::field;
use crate::dom::{Element, el};
use domain::form::FieldErrors;
use domain::lifecycle::DELETE_REASON_MAX;
use domain::time::date_time_utc;
use domain::views::KeyView;
use leptos::prelude::*;

/// How many keys the confirmation lists by name.
const NAMED_KEYS: usize = 3;

/// The words of an action.
struct Words {
    title: &'static str,
    button: &'static str,
    /// What happens to each key, after "will be".
    effect: &'static str,
    /// What the status line says of a key, after "was".
    done: &'static str,
}

impl KeyAction {
    fn words(self) -> Words {
        let [title, button, effect, done] = match self {
            Self::Disable => {
                ["Disable API key", "Disable Key", "refused immediately, until it is enabled again.", "disabled."]
            }
            Self::Enable => [
                "Enable API key",
                "Enable Key",
                "accepted again immediately, within its whitelist, privileges and limits.",
                "enabled.",
            ],
            Self::EndOverlap => ["End old API key", "End old key now", "", "switched to its new key only."],
            Self::Delete => {
                ["Delete API key", "Delete Key", "refused immediately, everywhere. This cannot be undone.", "deleted."]
            }
        };
        Words { title, button, effect, done }
    }
}

/// Runs the action on the server and applies the result to the list.
pub(super) async fn run_action(
    action: KeyAction,
    ids: Vec<String>,
    reason: String,
    list: KeyList,
) -> Result<(), AppError> {
    let keys = apply_key_action(action, ids, reason).await?;
    list.apply_updates(keys, action == KeyAction::Delete, action.words().done);
    Ok(())
}

/// The confirmation of an action on these keys.
pub(super) fn action_dialog(action: KeyAction, keys: &[KeyView], context: DialogContext, list: KeyList) -> Element {
    let navigator = context.navigator;
    let words = action.words();
    let reason = RwSignal::new(String::new());
    let form = FormState::new();
    let ids = StoredValue::new(keys.iter().map(|key| key.id.clone()).collect::<Vec<_>>());
    let on_confirmed = Callback::new(move |()| {
        boxed_action(async move {
            run_action(action, ids.get_value(), reason.get_untracked(), list).await?;
            navigator.close();
            Ok(())
        })
    });
    let mut body = vec![question(action, keys)];
    if action == KeyAction::Delete {
        body.push(reason_field(reason, form.errors));
    }
    let first = keys.first();
    let confirmation = Confirmation {
        title: words.title,
        badge: first.filter(|_| keys.len() == 1).and_then(|key| environment_badge(key.environment)),
        return_focus: first.map(|key| menu_button_id(&key.id)).unwrap_or_default(),
        body,
        form,
        label: words.button,
        is_irreversible: matches!(action, KeyAction::Delete | KeyAction::EndOverlap),
        action: on_confirmed,
    };
    confirm_dialog(confirmation, context)
}

fn question(action: KeyAction, keys: &[KeyView]) -> Element {
    let Words { effect, .. } = action.words();
    let question = el("p");
    let [key] = keys else {
        let names: Vec<&str> = keys.iter().take(NAMED_KEYS).map(|key| key.name.as_str()).collect();
        let more = match keys.len().saturating_sub(NAMED_KEYS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        return question
            .child(el("strong").child(format!("{} keys", keys.len())))
            .child(format!(" ({}{more}). Each will be ", names.join(", ")))
            .child(effect);
    };
    let question = name_and_mask(question, key);
    match key.old_secret_until.filter(|_| action == KeyAction::EndOverlap) {
        Some(until) => question.child(format!(
            " keeps working. Its old key, which would work until {}, will be refused immediately. The key's page shows \
             which addresses still use it.",
            date_time_utc(until)
        )),
        None => question.child(" will be ").child(effect),
    }
}

/// The optional reason for a deletion.
fn reason_field(reason: RwSignal<String>, errors: RwSignal<FieldErrors>) -> Element {
    let input = el("input")
        .class("input")
        .attr("id", "reason")
        .attr("type", "text")
        .attr("maxlength", DELETE_REASON_MAX.to_string())
        .attr("autocomplete", "off")
        .bind_value(reason);
    let label = el("label").attr("for", "reason").child("Reason (optional)");
    field(label, input, "reason", "Kept with the key's history.", errors)
}
