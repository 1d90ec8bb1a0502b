//! `POST /accounts/{account}/keys/{key}/disable` and `/enable`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Path};

/// Disable a key. When this is answered, no call is let in with it until it is enabled again.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/disable", tag = "Keys", operation_id = "disable_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Disabled, or was before"), Refusals))]
pub(crate) async fn disable(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.keys().disable(&actor, &account, &key).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enable a key that was disabled.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/enable", tag = "Keys", operation_id = "enable_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Enabled, or was before"), Refusals))]
pub(crate) async fn enable(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.keys().enable(&actor, &account, &key).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}
