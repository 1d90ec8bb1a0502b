//! `GET /accounts/{account}/keys`.

use axum::Json;
use domain::key::Environment;
use domain::views::{KeyCursor, KeySort, KeySortBy};
use serde::{Deserialize, Serialize};
use service::keys::PageRequest;
use utoipa::{IntoParams, ToSchema};

use super::dto::{KeyDto, KeyStateDto};
use crate::Api;
use crate::cursor::{malformed_cursor, parse_cursor};
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
    /// By creation, name, last use or expiry, ascending, or descending with `-`; `-created`, the newest first, is the
    /// default. Keys that were never used, or never expire, come last in both directions.
    #[param(inline)]
    sort: Option<KeySortDto>,
    /// The `next` of the previous page, with the same `sort`.
    after: Option<String>,
}

/// The order of a list of keys.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = KeySort)]
pub(crate) enum KeySortDto {
    /// The oldest first.
    #[serde(rename = "created")]
    Created,
    /// The newest first.
    #[serde(rename = "-created")]
    CreatedDescending,
    /// From A to Z, ignoring case.
    #[serde(rename = "name")]
    Name,
    /// From Z to A, ignoring case.
    #[serde(rename = "-name")]
    NameDescending,
    /// The earliest last use first.
    #[serde(rename = "used")]
    Used,
    /// The latest last use first.
    #[serde(rename = "-used")]
    UsedDescending,
    /// The next expiry first.
    #[serde(rename = "expires")]
    Expires,
    /// The latest expiry first.
    #[serde(rename = "-expires")]
    ExpiresDescending,
}

impl From<KeySortDto> for KeySort {
    fn from(sort: KeySortDto) -> Self {
        let (by, is_descending) = match sort {
            KeySortDto::Created => (KeySortBy::Created, false),
            KeySortDto::CreatedDescending => (KeySortBy::Created, true),
            KeySortDto::Name => (KeySortBy::Name, false),
            KeySortDto::NameDescending => (KeySortBy::Name, true),
            KeySortDto::Used => (KeySortBy::Used, false),
            KeySortDto::UsedDescending => (KeySortBy::Used, true),
            KeySortDto::Expires => (KeySortBy::Expires, false),
            KeySortDto::ExpiresDescending => (KeySortBy::Expires, true),
        };
        Self { by, is_descending }
    }
}

/// A page of keys.
#[derive(Serialize, ToSchema)]
#[schema(as = KeyList)]
pub(crate) struct KeyListDto {
    /// The keys of this page.
    keys: Vec<KeyDto>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
    /// How many keys match the filter, on all pages together.
    matching: usize,
    /// How many keys the account has, regardless of the filter.
    total: usize,
}

/// The keys of an account. A key can list those of the sub-accounts of its account.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/keys", tag = "Keys", operation_id = "list_keys",
    params(("account" = String, Path, description = "The account's id"), ListKeysQuery),
    responses((status = 200, body = KeyListDto), ErrorResponses))]
pub(crate) async fn list(
    axum::extract::State(api): axum::extract::State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    Query(query): Query<ListKeysQuery>,
) -> ApiResult<Json<KeyListDto>> {
    let sort = query.sort.map(KeySort::from).unwrap_or_default();
    let after: Option<KeyCursor> = parse_cursor(query.after.as_deref())?;
    // Otherwise the first page would be returned again and again.
    if after.as_ref().is_some_and(|after| after.sort != sort) {
        return Err(malformed_cursor());
    }
    let request = PageRequest {
        search: query.search,
        environment: query.environment,
        state: query.state.map(Into::into).unwrap_or_default(),
        sort,
        after,
        ..PageRequest::default()
    };
    let page = api.keyhatch.keys().list(&actor, &account, &request).await.map_err(to_problem)?;
    Ok(Json(KeyListDto {
        keys: page.keys.into_iter().map(|view| KeyDto::from_view(view, &account, api.keyhatch.now())).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        matching: page.matching,
        total: page.total,
    }))
}
