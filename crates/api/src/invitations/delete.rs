//! `DELETE /accounts/{account}/invitations/{invitation}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};

/// Delete an invitation: its link stops working.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/invitations/{invitation}", tag = "Members",
    operation_id = "delete_invitation",
    params(("account" = String, Path, description = "The account's id"), ("invitation" = String, Path, description = "The invitation's id")),
    responses((status = 204, description = "Deleted"), ErrorResponses))]
pub(crate) async fn delete(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, invitation)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    api.keyhatch.members().delete_invitation(&actor, &account, &invitation).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
