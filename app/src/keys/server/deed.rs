//! `POST /api/console/keys/deed`: what is done to one key or to several at once. One function for all of it, because
//! each brings code of its own into the browser.

use crate::AppError;
use crate::wire::JsonCall;
use domain::views::KeyView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Their calls are refused until they are enabled.
    Disable,
    /// Their calls are let in again.
    Enable,
    /// The old secret of the first ends before its time.
    EndOld,
    /// They are gone for good.
    Delete,
}

/// Does it and answers the keys that it was done to, as they are now. `reason`, as typed, is for a deletion, of which it
/// is a problem if none of the keys is there.
#[server(prefix = "/api/console", endpoint = "keys/deed", protocol = JsonCall)]
pub async fn do_deed(deed: Deed, ids: Vec<String>, reason: String) -> Result<Vec<KeyView>, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    let keyhatch = app_state()?.keyhatch;
    let done = match deed {
        Deed::Disable | Deed::Enable => {
            keyhatch.set_keys_enabled(&actor, &account, &ids, deed == Deed::Enable).await.map_err(fail)?
        }
        Deed::EndOld => {
            let id = ids.first().map(String::as_str).unwrap_or_default();
            return Ok(vec![keyhatch.end_overlap(&actor, &account, id).await.map_err(fail)?]);
        }
        Deed::Delete => match keyhatch.delete_keys(&actor, &account, &ids, &reason).await.map_err(fail)? {
            deleted if deleted.is_empty() => return Err(fail(AppError::NotFound)),
            deleted => deleted,
        },
    };
    let mut keys = Vec::new();
    for id in done {
        keys.push(keyhatch.find_key_or_deleted(&actor, &account, &id).await.map_err(fail)?);
    }
    Ok(keys)
}
