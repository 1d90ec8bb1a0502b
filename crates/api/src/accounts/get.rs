//! `GET /accounts/{account}`.

use axum::Json;
use axum::extract::State;

use super::dto::AccountDto;
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// One account. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "get_account",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = AccountDto), ErrorResponses))]
pub(crate) async fn get(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
) -> ApiResult<Json<AccountDto>> {
    api.keyhatch.accounts().find(&actor, &account).await.map(|view| Json(view.into())).map_err(to_problem)
}
