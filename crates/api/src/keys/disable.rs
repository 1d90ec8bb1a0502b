//! `POST /accounts/{account}/keys/{key}/disable`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// Disable a key. It is refused from the response on, until it is enabled again.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/disable", tag = "Keys", operation_id = "disable_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Disabled, or was before"), ErrorResponses))]
pub(crate) async fn disable(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    api.keyhatch.keys().disable(&actor, &account, &key).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
