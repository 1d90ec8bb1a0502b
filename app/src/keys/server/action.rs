//! `POST /api/console/keys/action`: disabling, enabling and deleting one key or several. One function for all actions,
//! because each server function adds code to the wasm.

use crate::AppError;
use crate::wire::JsonProtocol;
use domain::views::KeyView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An action on existing keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAction {
    /// Refuses the keys' calls until they are enabled.
    Disable,
    /// Lifts `Disable`.
    Enable,
    /// Ends the overlap of the old secret early; of the first key only.
    EndOverlap,
    /// Deletes the keys for good.
    Delete,
}

/// Runs the action and answers the affected keys as they are now. Only `Delete` takes a `reason`, and it is
/// [`AppError::NotFound`] if none of the keys exists.
#[server(prefix = "/api/console", endpoint = "keys/action", protocol = JsonProtocol)]
pub async fn apply_key_action(action: KeyAction, ids: Vec<String>, reason: String) -> Result<Vec<KeyView>, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    let keyhatch = app_state()?.keyhatch;
    let affected = match action {
        KeyAction::Disable => keyhatch.keys().disable_many(&actor, &account, &ids).await.map_err(fail)?,
        KeyAction::Enable => keyhatch.keys().enable_many(&actor, &account, &ids).await.map_err(fail)?,
        KeyAction::EndOverlap => {
            let id = ids.first().map(String::as_str).unwrap_or_default();
            return Ok(vec![keyhatch.keys().end_overlap(&actor, &account, id).await.map_err(fail)?]);
        }
        KeyAction::Delete => match keyhatch.keys().delete_many(&actor, &account, &ids, &reason).await.map_err(fail)? {
            deleted if deleted.is_empty() => return Err(fail(AppError::NotFound)),
            deleted => deleted,
        },
    };
    let mut keys = Vec::new();
    for id in affected {
        keys.push(keyhatch.keys().find_including_deleted(&actor, &account, &id).await.map_err(fail)?);
    }
    Ok(keys)
}
