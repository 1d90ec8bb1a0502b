//! `POST /api/console/keys/allow-address`: adds one address to a key's whitelist.

use crate::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Adds the address to the key's whitelist as it is now, so that no revision need be compared, and waits for the first
/// call anew. `account` is the one that the page shows.
#[server(prefix = "/api/console", endpoint = "keys/allow-address", input = Json)]
pub async fn allow_address(account: String, id: String, address: String) -> Result<(), AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, open) = actor().map_err(fail)?;
    if open != account {
        return Err(fail(AppError::OtherAccount));
    }
    app_state()?.keyhatch.keys().allow_address(&actor, &account, &id, &address, None).await.map_err(fail)?;
    Ok(())
}
