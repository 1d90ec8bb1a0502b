//! `GET /accounts/{account}/keys/{key}`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header::ETAG;

use super::dto::KeyDto;
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};
use crate::if_match::entity_tag;

/// One key. Send its `ETag` as `If-Match` of an update.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "get_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, body = KeyDto, headers(("ETag" = String))), ErrorResponses))]
pub(crate) async fn get(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
) -> ApiResult<impl IntoResponse> {
    let view = api.keyhatch.keys().find(&actor, &account, &key).await.map_err(to_problem)?;
    Ok(([(ETAG, entity_tag(view.revision))], Json(KeyDto::from_view(view, &account, api.keyhatch.now()))))
}
