//! `DELETE /accounts/{account}/members/{member}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// Delete a member. Their sessions end at once; the keys that they created stay with the account.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/members/{member}", tag = "Members", operation_id = "delete_member",
    params(("account" = String, Path, description = "The account's id"), ("member" = String, Path, description = "The member's id")),
    responses((status = 204, description = "Deleted"), ErrorResponses))]
pub(crate) async fn delete(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, member)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    api.keyhatch.members().delete(&actor, &account, &member).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
