//! `POST /api/console/keys/end-old`.

use crate::Problem;
use crate::wire::JsonCall;
use domain::listing::KeyView;
use leptos::prelude::*;

/// Ends the old secret of a key before its time.
#[server(prefix = "/api/console", endpoint = "keys/end-old", protocol = JsonCall)]
pub async fn end_old_key(id: String) -> Result<KeyView, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.end_overlap(&actor, &account, &id).await.map_err(fail)
}
