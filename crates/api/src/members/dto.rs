//! Members as JSON.

use domain::member::Role;
use serde::Serialize;
use service::members::MemberView;
use utoipa::ToSchema;

use crate::invitations::dto::InvitationDto;
use crate::timestamp;

/// A member of an account.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberDto {
    /// The member's id.
    id: String,
    /// The address to sign in with.
    email: String,
    /// The member's role.
    role: Role,
    /// When the member joined, RFC 3339, UTC.
    joined_at: String,
    /// When the member last signed in, RFC 3339, UTC.
    last_sign_in_at: Option<String>,
    /// Whether signing in requires a two-factor code.
    has_two_factor: bool,
}

/// The members and open invitations of an account, sorted by email.
#[derive(Serialize, ToSchema)]
#[schema(as = MemberList)]
pub(crate) struct MemberListDto {
    /// The members.
    pub members: Vec<MemberDto>,
    /// The open invitations.
    pub invitations: Vec<InvitationDto>,
    /// Whether the account requires two-factor codes of every member by now.
    pub requires_two_factor: bool,
    /// From when it requires them, past or future, RFC 3339, UTC; null if they are optional.
    pub two_factor_required_from: Option<String>,
}

impl From<MemberView> for MemberDto {
    fn from(view: MemberView) -> Self {
        Self {
            id: view.id,
            email: view.email,
            role: view.role,
            joined_at: timestamp::format_timestamp(view.joined_at),
            last_sign_in_at: view.last_sign_in_at.map(timestamp::format_timestamp),
            has_two_factor: view.has_two_factor,
        }
    }
}
