//! `POST /api/console/keys/change`.

use crate::Problem;
use crate::codec::Json;
use domain::form::KeyForm;
use domain::listing::KeyView;
use leptos::prelude::*;

/// Changes a key's name, whitelist and privileges.
#[server(prefix = "/api/console", endpoint = "keys/change", input = Json, output = Json)]
pub async fn change_key(id: String, form: KeyForm) -> Result<KeyView, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.change_key(&actor, &account, &id, &form).await.map_err(fail)
}
