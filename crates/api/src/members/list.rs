//! `GET /accounts/{account}/members`.

use axum::Json;
use axum::extract::State;

use super::dto::{MemberDto, MemberListDto};
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, Path};
use crate::invitations::dto::InvitationDto;
use crate::timestamp;

/// The members and open invitations of an account.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/members", tag = "Members", operation_id = "list_members",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = MemberListDto), ErrorResponses))]
pub(crate) async fn list(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
) -> ApiResult<Json<MemberListDto>> {
    let found = api.keyhatch.members().list(&actor, &account).await.map_err(to_problem)?;
    Ok(Json(MemberListDto {
        members: found.members.into_iter().map(MemberDto::from).collect(),
        invitations: found.invitations.into_iter().map(InvitationDto::from).collect(),
        requires_two_factor: found.requires_two_factor,
        two_factor_required_from: found.two_factor_required_from.map(timestamp::format_timestamp),
    }))
}
