//! `GET /accounts/{account}/keys/{key}`.

use axum::Json as Written;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header::ETAG;

use super::shape::Key;
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Path};
use crate::{Api, etag};

/// One key. Its `ETag` is what a change sends as `If-Match`.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "read_key",
    params(("account" = String, Path, description = "The account's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, body = Key, headers(("ETag" = String))), Refusals))]
pub(crate) async fn read(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
) -> Answer<impl IntoResponse> {
    let view = api.keyhatch.keys().find(&actor, &account, &key).await.map_err(of)?;
    Ok(([(ETAG, etag::tag(view.revision))], Written(Key::of(view, &account, api.keyhatch.now()))))
}
