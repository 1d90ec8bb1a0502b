//! `DELETE /accounts/{account}/keys/{key}`.

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Api;
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Path, Query};

/// Why.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Why {
    /// For the record of activity, at most 200 characters.
    reason: Option<String>,
}

/// Delete a key for good. When this is answered, no call is let in with it any more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "delete_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id"), Why),
    responses((status = 204, description = "Deleted"), Refusals))]
pub(crate) async fn delete(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
    Query(which): Query<Why>,
) -> Answer<StatusCode> {
    api.keyhatch.keys().delete(&actor, &account, &key, &which.reason.unwrap_or_default()).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}
