//! `POST /accounts/{account}/keys/{key}/enable`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// Enable a disabled key.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/enable", tag = "Keys", operation_id = "enable_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Enabled, or was before"), ErrorResponses))]
pub(crate) async fn enable(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    api.keyhatch.keys().enable(&actor, &account, &key).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
