//! `POST /accounts/{account}/keys/{key}/secret`: a new secret for the same key, and the end of the old one.

use axum::Json as Written;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::lifecycle::RotateForm;
use http::StatusCode;
use http::header::ETAG;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::{Key, NewKey};
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Json, Path};
use crate::{Api, etag};

/// How the secret is changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSecret {
    /// How long the old secret goes on working: `none`, `1h`, `24h`, `7d`, or until a moment such as
    /// `2027-12-31T18:00Z` (UTC, whole minutes); never longer than the key itself.
    #[schema(example = "24h")]
    overlap: String,
}

/// Give a key a new secret. All else stays. The old secret works as long as `overlap` says, and one that was older still
/// ends now. A key may do this only with keys that may do no more than itself.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys/{key}/secret", tag = "Keys", operation_id = "change_secret",
    request_body = NewSecret,
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, body = NewKey, headers(("ETag" = String))), Refusals))]
pub(crate) async fn rotate(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
    Json { value: wanted, .. }: Json<NewSecret>,
) -> Answer<impl IntoResponse> {
    let form = RotateForm { overlap: wanted.overlap };
    let issued = api.keyhatch.keys().rotate(&actor, &account, &key, &form).await.map_err(of)?;
    let tag = [(ETAG, etag::tag(issued.key.revision))];
    let shown = Key::of(issued.key, &account, api.keyhatch.now());
    Ok((tag, Written(NewKey { shown, key: Some(issued.secret.expose_secret().to_owned()) })))
}

/// End the old secret of a key now.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/keys/{key}/secret", tag = "Keys", operation_id = "end_old_secret",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 204, description = "The old secret works no more"), Refusals))]
pub(crate) async fn end_old(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.keys().end_overlap(&actor, &account, &key).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}
