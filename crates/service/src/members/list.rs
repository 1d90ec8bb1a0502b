//! The members of an account, and who is invited.

use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::member::Role;
use domain::time::Millis;

/// Who belongs to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersView {
    /// By email.
    pub members: Vec<MemberView>,
    /// The invitations that are open, by email.
    pub invitations: Vec<InvitationView>,
    /// Whether every member has to use two-factor codes.
    pub requires_two_factor: bool,
}

/// A member as others see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// The member's id.
    pub id: String,
    /// The address to sign in with.
    pub email: String,
    /// What the member may do.
    pub role: Role,
    /// Since when, epoch milliseconds.
    pub joined_at: Millis,
    /// Epoch milliseconds; `None` for one who never did.
    pub last_sign_in_at: Option<Millis>,
    /// Whether signing in takes a code.
    pub has_two_factor: bool,
}

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// The invitation's id; its link is not in here.
    pub id: String,
    /// Who is invited.
    pub email: String,
    /// What they are to be.
    pub role: Role,
    /// When the link stops working, epoch milliseconds.
    pub expires_at: Millis,
}

impl Keyhatch {
    /// The members of an account, and who is invited to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account.
    pub async fn list_members(&self, actor: &Actor, account_id: &str) -> Result<MembersView, Error> {
        actor.may_see_members(account_id)?;
        let requires_two_factor =
            self.store().accounts().requires_two_factor(account_id).await?.ok_or(Error::NotFound)?;
        let members = self.store().members().list(account_id).await?.into_iter().map(member);
        let invitations =
            self.store().invitations().list_open(account_id, self.now()).await?.into_iter().map(invitation);
        Ok(MembersView {
            members: members.collect::<Result<_, _>>()?,
            invitations: invitations.collect::<Result<_, _>>()?,
            requires_two_factor,
        })
    }
}

fn member(row: store::MemberSummaryRow) -> Result<MemberView, Error> {
    Ok(MemberView {
        role: Role::parse(&row.role).ok_or(Error::Internal)?,
        id: row.id,
        email: row.email,
        joined_at: row.created_at,
        last_sign_in_at: row.last_sign_in_at,
        has_two_factor: row.has_two_factor,
    })
}

pub(super) fn invitation(row: store::InvitationRow) -> Result<InvitationView, Error> {
    Ok(InvitationView {
        role: Role::parse(&row.role).ok_or(Error::Internal)?,
        id: row.id,
        email: row.email,
        expires_at: row.expires_at,
    })
}
