//! `DELETE /accounts/{account}/keys/{key}`.

use axum::extract::State;
use http::StatusCode;

use crate::api::Api;
use crate::api::problems::{Answer, Refusals, of};
use crate::api::read::{By, Path};

/// Delete a key for good. When this is answered, no call is let in with it any more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "delete_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Deleted"), Refusals))]
pub(in crate::api) async fn delete(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.delete_key(&actor, &account, &key).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}
