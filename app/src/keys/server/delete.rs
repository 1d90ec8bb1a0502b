//! `POST /api/console/keys/delete`.

use crate::Problem;
use crate::wire::JsonCall;
use leptos::prelude::*;

/// Deletes a key for good. `reason` as typed.
#[server(prefix = "/api/console", endpoint = "keys/delete", protocol = JsonCall)]
pub async fn delete_key(id: String, reason: Option<String>) -> Result<(), Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.delete_key(&actor, &account, &id, reason.as_deref().unwrap_or_default()).await.map_err(fail)
}
