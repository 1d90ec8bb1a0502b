//! `POST /api/console/keys/enable` and `keys/enable-many`.

use crate::Problem;
use crate::wire::JsonCall;
use domain::listing::KeyView;
use leptos::prelude::*;

/// Disables or enables a key.
#[server(prefix = "/api/console", endpoint = "keys/enable", protocol = JsonCall)]
pub async fn enable_key(id: String, enabled: bool) -> Result<KeyView, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.set_key_enabled(&actor, &account, &id, enabled).await.map_err(fail)
}

/// Disables or enables many keys together and answers which were the other before.
#[server(prefix = "/api/console", endpoint = "keys/enable-many", protocol = JsonCall)]
pub async fn enable_keys(ids: Vec<String>, enabled: bool) -> Result<Vec<String>, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.set_keys_enabled(&actor, &account, &ids, enabled).await.map_err(fail)
}
