//! `GET /accounts` and `GET /accounts/{account}/sub-accounts`.

use axum::Json;
use axum::extract::State;

use super::dto::{AccountListDto, PageQuery};
use crate::Api;
use crate::cursor::parse_cursor;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path, Query};

/// All accounts, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "Accounts", operation_id = "list_accounts", params(PageQuery),
    responses((status = 200, body = AccountListDto), ErrorResponses))]
pub(crate) async fn list(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<AccountListDto>> {
    let after = parse_cursor(page.after.as_deref())?;
    api.keyhatch.accounts().list(&actor, after.as_ref()).await.map(|page| Json(page.into())).map_err(to_problem)
}

/// The direct sub-accounts of an account, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/sub-accounts", tag = "Accounts", operation_id = "list_sub_accounts",
    params(("account" = String, Path, description = "The account's id"), PageQuery),
    responses((status = 200, body = AccountListDto), ErrorResponses))]
pub(crate) async fn list_sub_accounts(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<AccountListDto>> {
    let after = parse_cursor(page.after.as_deref())?;
    let found = api.keyhatch.accounts().list_sub_accounts(&actor, &account, after.as_ref()).await;
    found.map(|page| Json(page.into())).map_err(to_problem)
}
