//! Joining an account by the link of an invitation.

use super::Members;
use crate::actor::member_actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::{ClosedInvitation, Error, invalid};
use crate::ids;
use crate::session::{SignedIn, begin_session, hash_token};
use domain::member::{Role, check_password};
use domain::time::Millis;
use secrets::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::IpAddr;
use store::{InvitationRow, MemberRow, StoreError};

/// What an open invitation offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationOffer {
    /// The name of the account to join.
    pub account_name: String,
    /// The email to sign in with; it cannot be changed while joining.
    pub email: String,
    /// The role that the person will have.
    pub role: Role,
}

impl Members {
    /// The offer of the invitation with this token.
    ///
    /// # Errors
    /// [`Error::InvitationClosed`] if the link does not work.
    pub async fn find_invitation(&self, token: &SecretString) -> Result<InvitationOffer, Error> {
        let found = self.context.store.invitations().find_by_token(&hash_token(token)).await?;
        let found = check_open(found, self.context.now())?;
        if self.context.store.members().find_by_email(&found.email).await?.is_some() {
            return Err(Error::InvitationClosed(ClosedInvitation::Member));
        }
        let account = self.context.store.accounts().find(&found.account_id).await?;
        let account = account.ok_or(Error::InvitationClosed(ClosedInvitation::Deleted))?;
        Ok(InvitationOffer {
            account_name: account.name,
            role: Role::parse(&found.role).ok_or(Error::Internal)?,
            email: found.email,
        })
    }

    /// Creates the member and signs them in; a session that the browser had before is ended.
    ///
    /// # Errors
    /// [`Error::InvitationClosed`], or [`Error::Invalid`] for `password`.
    pub async fn join(
        &self,
        token: &SecretString,
        password: &SecretString,
        address: Option<IpAddr>,
        before: Option<&SecretString>,
    ) -> Result<SignedIn, Error> {
        self.find_invitation(token).await?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error))?;
        let password_hash = self.credentials.hash_password(password).await?;
        let (this, token, before) = (self.clone(), hash_token(token), before.map(hash_token));
        run_detached(async move { this.write_joined(&token, password_hash, address, before).await }).await
    }

    async fn write_joined(
        &self,
        token: &[u8],
        password_hash: String,
        address: Option<IpAddr>,
        before: Option<Vec<u8>>,
    ) -> Result<SignedIn, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        // Read again: a concurrent request may have used the link.
        let invitation = check_open(tx.invitations().find_by_token(token).await?, now)?;
        // The account may have been deleted while the password was hashed.
        if tx.accounts().find(&invitation.account_id).await?.is_none() {
            return Err(Error::InvitationClosed(ClosedInvitation::Deleted));
        }
        tx.invitations().accept(&invitation.id).await?;
        let member = MemberRow {
            id: ids::new("mem", &*self.context.random),
            account_id: invitation.account_id.clone(),
            email: invitation.email.clone(),
            password_hash,
            role: invitation.role.clone(),
            created_at: now,
        };
        tx.members().insert(&member).await.map_err(|error| match error {
            StoreError::Conflict(_) => Error::InvitationClosed(ClosedInvitation::Member),
            other => other.into(),
        })?;
        if let Some(before) = before {
            tx.sessions().delete(&before).await?;
        }
        let token = begin_session(&self.context, &mut tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let event = AuditEvent {
            at: now,
            account_id: &member.account_id,
            actor: &member_actor(&member, address)?,
            action: "member.join",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role, "invited_by": invitation.created_by }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }
}

fn check_open(found: Option<InvitationRow>, now: Millis) -> Result<InvitationRow, Error> {
    let Some(found) = found else { return Err(Error::InvitationClosed(ClosedInvitation::Unknown)) };
    match found.state.as_str() {
        "accepted" => Err(Error::InvitationClosed(ClosedInvitation::Used)),
        "deleted" => Err(Error::InvitationClosed(ClosedInvitation::Deleted)),
        _ if found.expires_at <= now => Err(Error::InvitationClosed(ClosedInvitation::Expired)),
        _ => Ok(found),
    }
}
