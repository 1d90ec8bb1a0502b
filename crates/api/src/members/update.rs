//! `PATCH /accounts/{account}/members/{member}`.

use axum::extract::State;
use domain::member::Role;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody, Path};

/// The new role.
#[derive(Deserialize, ToSchema)]
#[schema(as = MemberChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateMemberRequest {
    /// The role that the member gets.
    role: Role,
}

/// Update the role of a member. It takes effect with the next request.
#[utoipa::path(patch, path = "/api/v1/accounts/{account}/members/{member}", tag = "Members", operation_id = "update_member",
    request_body = UpdateMemberRequest,
    params(("account" = String, Path, description = "The account's id"), ("member" = String, Path, description = "The member's id")),
    responses((status = 204, description = "Updated"), ErrorResponses))]
pub(crate) async fn update(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, member)): Path<(String, String)>,
    JsonBody { value, .. }: JsonBody<UpdateMemberRequest>,
) -> ApiResult<StatusCode> {
    api.keyhatch.members().update_role(&actor, &account, &member, value.role).await.map_err(to_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
