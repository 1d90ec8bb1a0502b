//! `POST /api/console/keys/allow-address`: adds one address to a key's whitelist.

use crate::AppError;
use crate::wire::JsonProtocol;
use domain::views::KeyView;
use leptos::prelude::*;

/// Adds the address to the key's whitelist as it is now, so that no revision need be compared, and waits for the first
/// call anew.
#[server(prefix = "/api/console", endpoint = "keys/allow-address", protocol = JsonProtocol)]
pub async fn allow_address(id: String, address: String) -> Result<KeyView, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    app_state()?.keyhatch.keys().allow_address(&actor, &account, &id, &address, None).await.map_err(fail)
}
