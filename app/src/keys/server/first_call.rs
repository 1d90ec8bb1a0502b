//! `POST /api/console/keys/first-call`: whether the first call with a new secret has arrived, and how it went.

use crate::AppError;
use domain::first_call::FirstCall;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The first call with the key's current secret. To be asked again every few seconds while it is awaited. `account` is the
/// one that the page shows.
#[server(prefix = "/api/console", endpoint = "keys/first-call", input = Json)]
pub async fn find_first_call(account: String, id: String) -> Result<FirstCall, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, open) = actor().map_err(fail)?;
    if open != account {
        return Err(fail(AppError::OtherAccount));
    }
    app_state()?.keyhatch.key_calls().first_call(&actor, &account, &id).await.map_err(fail)
}
