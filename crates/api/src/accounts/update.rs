//! `PATCH /accounts/{account}`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::AccountDto;
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody, Path};

/// The new name.
#[derive(Deserialize, ToSchema)]
#[schema(as = AccountName)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateAccountRequest {
    /// 1 to 64 characters.
    #[schema(min_length = 1)]
    name: String,
}

/// Update the name of an account. For operator tokens.
#[utoipa::path(patch, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "update_account", request_body = UpdateAccountRequest,
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = AccountDto), ErrorResponses))]
pub(crate) async fn update(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    JsonBody { value, .. }: JsonBody<UpdateAccountRequest>,
) -> ApiResult<Json<AccountDto>> {
    api.keyhatch.accounts().update(&actor, &account, &value.name).await.map_err(to_problem)?;
    api.keyhatch.accounts().find(&actor, &account).await.map(|view| Json(view.into())).map_err(to_problem)
}
