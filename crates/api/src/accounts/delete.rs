//! `DELETE /accounts/{account}`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// The effect of deleting an account.
#[derive(Serialize, ToSchema)]
#[schema(as = DeletedAccount)]
pub(crate) struct DeletedAccountDto {
    /// How many keys were deleted with it.
    deleted_keys: u64,
}

/// Delete an account and its sub-accounts, permanently, with their keys and members. For operator tokens.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "delete_account",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = DeletedAccountDto), ErrorResponses))]
pub(crate) async fn delete(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
) -> ApiResult<Json<DeletedAccountDto>> {
    let deleted_keys = api.keyhatch.accounts().delete(&actor, &account).await.map_err(to_problem)?;
    Ok(Json(DeletedAccountDto { deleted_keys }))
}
