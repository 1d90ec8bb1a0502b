//! `DELETE /accounts/{account}/keys/{key}`.

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path, Query};

/// The reason.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeleteKeyQuery {
    /// For the activity log, at most 200 characters.
    reason: Option<String>,
}

/// Delete a key permanently. It is refused from the response on.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "delete_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id"), DeleteKeyQuery),
    responses((status = 204, description = "Deleted"), ErrorResponses))]
pub(crate) async fn delete(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
    Query(query): Query<DeleteKeyQuery>,
) -> ApiResult<StatusCode> {
    api.keyhatch.keys().delete(&actor, &account, &key, &query.reason.unwrap_or_default()).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
