//! `POST /accounts/{account}/invitations`.

use axum::Json;
use axum::extract::State;
use domain::member::Role;
use http::StatusCode;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use service::members::InviteForm;
use utoipa::ToSchema;

use super::dto::InvitationDto;
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody, Path};

/// The invitation to create.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewInvitation)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateInvitationRequest {
    /// The address to invite.
    #[schema(example = "jo@acme.example")]
    email: String,
    /// The role of the future member.
    role: Role,
}

/// A new invitation with its token, which is shown only once.
#[derive(Serialize, ToSchema)]
#[schema(as = Invited)]
pub(crate) struct CreatedInvitationDto {
    /// The invitation.
    #[serde(flatten)]
    invitation: InvitationDto,
    /// The token of the link: the console's address, `/invite?token=`, and this. It is shown only here, and no mail is
    /// sent.
    token: String,
}

/// Create an invitation. The response contains the token of its one-time link.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/invitations", tag = "Members", operation_id = "create_invitation",
    request_body = CreateInvitationRequest, params(("account" = String, Path, description = "The account's id")),
    responses((status = 201, body = CreatedInvitationDto), ErrorResponses))]
pub(crate) async fn create(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    JsonBody { value, .. }: JsonBody<CreateInvitationRequest>,
) -> ApiResult<(StatusCode, Json<CreatedInvitationDto>)> {
    let form = InviteForm { email: value.email, role: value.role.as_str().to_owned() };
    let invited = api.keyhatch.members().create_invitation(&actor, &account, &form).await.map_err(to_problem)?;
    let token = invited.token.expose_secret().to_owned();
    Ok((StatusCode::CREATED, Json(CreatedInvitationDto { invitation: invited.invitation.into(), token })))
}
