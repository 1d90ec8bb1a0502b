//! `/accounts/{account}/members` and `/invitations`: people, for operator tokens.

use axum::Json as Written;
use axum::extract::State;
use domain::member::Role;
use http::StatusCode;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use service::members::{InvitationView, InviteForm, MemberView};
use utoipa::ToSchema;

use super::problems::{Answer, Refusals, of};
use super::read::{By, Json, Path};
use super::{Api, times};

/// A person with a password.
#[derive(Serialize, ToSchema)]
pub(super) struct Member {
    /// The member's id.
    id: String,
    /// The address to sign in with.
    email: String,
    /// What the member may do.
    role: Role,
    /// Since when, RFC 3339, UTC.
    joined_at: String,
    /// When they signed in last, RFC 3339, UTC.
    last_sign_in_at: Option<String>,
    /// Whether signing in takes a two-factor code.
    has_two_factor: bool,
}

/// An invitation that is open.
#[derive(Serialize, ToSchema)]
pub(super) struct Invitation {
    /// The invitation's id.
    id: String,
    /// Who is invited.
    email: String,
    /// What they are to be.
    role: Role,
    /// When its link stops working, RFC 3339, UTC.
    expires_at: String,
}

/// Who belongs to an account, by email.
#[derive(Serialize, ToSchema)]
pub(super) struct MemberList {
    /// Those who joined.
    members: Vec<Member>,
    /// Those who are invited.
    invitations: Vec<Invitation>,
    /// Whether all of them have to use two-factor codes.
    requires_two_factor: bool,
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInvitation {
    /// The person's address.
    #[schema(example = "jo@acme.example")]
    email: String,
    /// What they are to be.
    role: Role,
}

/// An invitation that was made just now.
#[derive(Serialize, ToSchema)]
pub(super) struct Invited {
    /// What can be read of it later.
    #[serde(flatten)]
    invitation: Invitation,
    /// The last part of the link: the console's address, `/invite?token=`, and this. It is shown this once, and no mail
    /// is sent.
    token: String,
}

/// What to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberChange {
    /// What the member may do from now on.
    role: Role,
}

impl From<MemberView> for Member {
    fn from(view: MemberView) -> Self {
        Self {
            id: view.id,
            email: view.email,
            role: view.role,
            joined_at: times::written(view.joined_at),
            last_sign_in_at: view.last_sign_in_at.map(times::written),
            has_two_factor: view.has_two_factor,
        }
    }
}

impl From<InvitationView> for Invitation {
    fn from(view: InvitationView) -> Self {
        Self { id: view.id, email: view.email, role: view.role, expires_at: times::written(view.expires_at) }
    }
}

/// The members of an account, and who is invited.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/members", tag = "Members", operation_id = "list_members",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = MemberList), Refusals))]
pub(super) async fn list(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
) -> Answer<Written<MemberList>> {
    let found = api.keyhatch.members().list(&actor, &account).await.map_err(of)?;
    Ok(Written(MemberList {
        members: found.members.into_iter().map(Member::from).collect(),
        invitations: found.invitations.into_iter().map(Invitation::from).collect(),
        requires_two_factor: found.requires_two_factor,
    }))
}

/// Invite a person; the answer has the token of the one-time link.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/invitations", tag = "Members", operation_id = "invite",
    request_body = NewInvitation, params(("account" = String, Path, description = "The account's id")),
    responses((status = 201, body = Invited), Refusals))]
pub(super) async fn invite(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    Json { value, .. }: Json<NewInvitation>,
) -> Answer<(StatusCode, Written<Invited>)> {
    let form = InviteForm { email: value.email, role: value.role.as_str().to_owned() };
    let invited = api.keyhatch.members().create_invitation(&actor, &account, &form).await.map_err(of)?;
    let token = invited.token.expose_secret().to_owned();
    Ok((StatusCode::CREATED, Written(Invited { invitation: invited.invitation.into(), token })))
}

/// Take an invitation back: its link opens nothing any more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/invitations/{invitation}", tag = "Members",
    operation_id = "withdraw_invitation",
    params(("account" = String, Path, description = "The account's id"), ("invitation" = String, Path, description = "The invitation's id")),
    responses((status = 204, description = "Withdrawn"), Refusals))]
pub(super) async fn withdraw(
    State(api): State<Api>,
    By(actor): By,
    Path((account, invitation)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.members().delete_invitation(&actor, &account, &invitation).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change what a member may do. It holds from their next request on.
#[utoipa::path(patch, path = "/api/v1/accounts/{account}/members/{member}", tag = "Members", operation_id = "change_member",
    request_body = MemberChange,
    params(("account" = String, Path, description = "The account's id"), ("member" = String, Path, description = "The member's id")),
    responses((status = 204, description = "Changed"), Refusals))]
pub(super) async fn change(
    State(api): State<Api>,
    By(actor): By,
    Path((account, member)): Path<(String, String)>,
    Json { value, .. }: Json<MemberChange>,
) -> Answer<StatusCode> {
    api.keyhatch.members().update_role(&actor, &account, &member, value.role).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a member: their sessions end at once, and the keys that they made stay with the account.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/members/{member}", tag = "Members", operation_id = "remove_member",
    params(("account" = String, Path, description = "The account's id"), ("member" = String, Path, description = "The member's id")),
    responses((status = 204, description = "Removed"), Refusals))]
pub(super) async fn remove(
    State(api): State<Api>,
    By(actor): By,
    Path((account, member)): Path<(String, String)>,
) -> Answer<StatusCode> {
    api.keyhatch.members().delete(&actor, &account, &member).await.map_err(of)?;
    Ok(StatusCode::NO_CONTENT)
}
