//! Invitations as JSON.

use domain::member::Role;
use serde::Serialize;
use service::members::InvitationView;
use utoipa::ToSchema;

use crate::timestamp;

/// An open invitation.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(crate) struct InvitationDto {
    /// The invitation's id.
    id: String,
    /// The invited address.
    email: String,
    /// The role of the future member.
    role: Role,
    /// When its link expires, RFC 3339, UTC.
    expires_at: String,
}

impl From<InvitationView> for InvitationDto {
    fn from(view: InvitationView) -> Self {
        let expires_at = timestamp::format_timestamp(view.expires_at);
        Self { id: view.id, email: view.email, role: view.role, expires_at }
    }
}
