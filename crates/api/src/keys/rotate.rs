//! `POST /accounts/{account}/keys/{key}/secret` rotates a key's secret, `DELETE` ends the overlap with the previous one.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::lifecycle::RotateForm;
use http::StatusCode;
use http::header::ETAG;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::{CreatedKeyDto, KeyDto};
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody, Path};
use crate::if_match::entity_tag;

/// How the secret is rotated.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewSecret)]
#[serde(deny_unknown_fields)]
pub(crate) struct RotateKeyRequest {
    /// How long the previous secret keeps working: `none`, `1h`, `24h`, `7d`, or until a time such as
    /// `2027-12-31T18:00Z` (UTC, whole minutes); never longer than the key itself.
    #[schema(example = "24h")]
    overlap: String,
}

/// Rotate a key's secret. The previous secret works for the `overlap`; an even older one stops working now. A key can
/// rotate only keys whose privileges it has itself.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/secret", tag = "Keys", operation_id = "rotate_key",
    request_body = RotateKeyRequest,
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, body = CreatedKeyDto, headers(("ETag" = String))), ErrorResponses))]
pub(crate) async fn rotate(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
    JsonBody { value: request, .. }: JsonBody<RotateKeyRequest>,
) -> ApiResult<impl IntoResponse> {
    let form = RotateForm { overlap: request.overlap };
    let issued = api.keyhatch.key_secrets().rotate(&actor, &account, &key, &form).await.map_err(to_problem)?;
    let tag = [(ETAG, entity_tag(issued.key.revision))];
    let details = KeyDto::from_view(issued.key, &account, api.keyhatch.now());
    Ok((tag, Json(CreatedKeyDto { details, key: Some(issued.secret.expose_secret().to_owned()) })))
}

/// End the overlap: the previous secret stops working now.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/keys/{key}/secret", tag = "Keys", operation_id = "end_overlap",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "The previous secret no longer works"), ErrorResponses))]
pub(crate) async fn end_overlap(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    api.keyhatch.key_secrets().end_overlap(&actor, &account, &key).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
