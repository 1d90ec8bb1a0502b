//! `POST /api/console/keys/delete` and `keys/delete-many`.

use crate::Problem;
use crate::wire::JsonCall;
use leptos::prelude::*;

/// Deletes a key for good. `reason` as typed.
#[server(prefix = "/api/console", endpoint = "keys/delete", protocol = JsonCall)]
pub async fn delete_key(id: String, reason: Option<String>) -> Result<(), Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    let reason = reason.unwrap_or_default();
    console()?.keyhatch.delete_key(&actor, &account, &id, &reason).await.map_err(fail)
}

/// Deletes many keys together for good and answers which.
#[server(prefix = "/api/console", endpoint = "keys/delete-many", protocol = JsonCall)]
pub async fn delete_keys(ids: Vec<String>, reason: Option<String>) -> Result<Vec<String>, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    let reason = reason.unwrap_or_default();
    console()?.keyhatch.delete_keys(&actor, &account, &ids, &reason).await.map_err(fail)
}
