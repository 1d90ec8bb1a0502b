//! `GET /accounts/{account}/keys`.

use axum::Json;
use domain::key::Environment;
use serde::{Deserialize, Serialize};
use service::keys::PageRequest;
use utoipa::{IntoParams, ToSchema};

use super::dto::{KeyDto, KeyStateDto};
use crate::Api;
use crate::cursor::parse_cursor;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path, Query};

/// The filter.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListKeysQuery {
    /// Part of a name, or the last characters of a key.
    search: Option<String>,
    /// Only keys of this environment.
    #[param(inline)]
    environment: Option<Environment>,
    /// Keys that are not deleted (`active`, the default), those of them that are `disabled` or `expired`, or keys that were
    /// `deleted` in the last 30 days.
    #[param(inline)]
    state: Option<KeyStateDto>,
    /// The `next` of the previous page.
    after: Option<String>,
}

/// A page of keys, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = KeyList)]
pub(crate) struct KeyListDto {
    /// The keys of this page.
    keys: Vec<KeyDto>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
    /// How many keys the account has, regardless of the filter.
    total: usize,
}

/// The keys of an account, newest first. A key can list those of the sub-accounts of its account.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/keys", tag = "Keys", operation_id = "list_keys",
    params(("account" = String, Path, description = "The account's id"), ListKeysQuery),
    responses((status = 200, body = KeyListDto), ErrorResponses))]
pub(crate) async fn list(
    axum::extract::State(api): axum::extract::State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    Query(query): Query<ListKeysQuery>,
) -> ApiResult<Json<KeyListDto>> {
    let request = PageRequest {
        search: query.search,
        environment: query.environment,
        state: query.state.map(Into::into).unwrap_or_default(),
        after: parse_cursor(query.after.as_deref())?,
        ..PageRequest::default()
    };
    let page = api.keyhatch.keys().list(&actor, &account, &request).await.map_err(to_problem)?;
    Ok(Json(KeyListDto {
        keys: page.keys.into_iter().map(|view| KeyDto::from_view(view, &account, api.keyhatch.now())).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        total: page.total,
    }))
}
