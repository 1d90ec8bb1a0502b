//! Listing the members of an account and its open invitations.

use super::Members;
use crate::actor::Actor;
use crate::error::Error;
use domain::member::Role;
use domain::time::Millis;

/// The members of an account and its open invitations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersView {
    /// Sorted by email.
    pub members: Vec<MemberView>,
    /// Open invitations, sorted by email.
    pub invitations: Vec<InvitationView>,
    /// From when the account requires two-factor codes, in epoch milliseconds, past or future; `None` if it does not.
    pub two_factor_required_from: Option<Millis>,
    /// Whether it requires them by now.
    pub requires_two_factor: bool,
}

/// A member in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// The member's id.
    pub id: String,
    /// The member's email, used to sign in.
    pub email: String,
    /// The member's role.
    pub role: Role,
    /// When the member joined, in epoch milliseconds.
    pub joined_at: Millis,
    /// The last sign-in, in epoch milliseconds.
    pub last_sign_in_at: Option<Millis>,
    /// Whether the member uses two-factor codes.
    pub has_two_factor: bool,
}

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// The invitation's id; the token of its link is not part of it.
    pub id: String,
    /// The invited person's email.
    pub email: String,
    /// The role that the person will have.
    pub role: Role,
    /// When the link expires, in epoch milliseconds.
    pub expires_at: Millis,
}

impl Members {
    /// The members of an account and its open invitations.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account.
    pub async fn list(&self, actor: &Actor, account_id: &str) -> Result<MembersView, Error> {
        actor.may_see_members(account_id)?;
        let now = self.context.now();
        let two_factor_required_from =
            self.context.store.accounts().two_factor_required_from(account_id).await?.ok_or(Error::NotFound)?;
        let members = self.context.store.members().list(account_id).await?.into_iter().map(member_view);
        let invitations =
            self.context.store.invitations().list_open(account_id, now).await?.into_iter().map(invitation_view);
        Ok(MembersView {
            members: members.collect::<Result<_, _>>()?,
            invitations: invitations.collect::<Result<_, _>>()?,
            two_factor_required_from,
            requires_two_factor: two_factor_required_from.is_some_and(|from| from <= now),
        })
    }
}

fn member_view(row: store::MemberSummaryRow) -> Result<MemberView, Error> {
    Ok(MemberView {
        role: Role::parse(&row.role).ok_or(Error::Internal)?,
        id: row.id,
        email: row.email,
        joined_at: row.created_at,
        last_sign_in_at: row.last_sign_in_at,
        has_two_factor: row.has_two_factor,
    })
}

pub(super) fn invitation_view(row: store::InvitationRow) -> Result<InvitationView, Error> {
    Ok(InvitationView {
        role: Role::parse(&row.role).ok_or(Error::Internal)?,
        id: row.id,
        email: row.email,
        expires_at: row.expires_at,
    })
}
