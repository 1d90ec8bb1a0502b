//! `POST /api/console/keys/find`: a key as it is stored now.

use crate::Problem;
use crate::wire::JsonCall;
use domain::listing::KeyView;
use leptos::prelude::*;

/// One key, for a form that somebody else was faster with.
#[server(prefix = "/api/console", endpoint = "keys/find", protocol = JsonCall)]
pub async fn find_key(id: String) -> Result<KeyView, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.find_key(&actor, &account, &id).await.map_err(fail)
}
