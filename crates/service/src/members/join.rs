//! Becoming a member by the link of an invitation.

use crate::access::{SignedIn, token_hash};
use crate::audit::Event;
use crate::error::{Closed, Error, invalid};
use crate::ids;
use crate::keyhatch::Keyhatch;
use domain::member::{Role, check_password};
use domain::time::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::IpAddr;
use store::{InvitationRow, MemberRow, StoreError};

/// What an open invitation offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The account to belong to.
    pub account_name: String,
    /// The email to sign in with; it cannot be another one.
    pub email: String,
    /// What the person will be.
    pub role: Role,
}

impl Keyhatch {
    /// What the invitation with this token offers.
    ///
    /// # Errors
    /// [`Error::InvitationClosed`] says why it offers nothing.
    pub async fn find_offer(&self, token: &SecretString) -> Result<Offer, Error> {
        let found = self.store().invitations().find_by_token(&token_hash(token)).await?;
        let found = open(found, self.now())?;
        if self.store().members().find_by_email(&found.email).await?.is_some() {
            return Err(Error::InvitationClosed(Closed::Member));
        }
        let account = self.store().accounts().find(&found.account_id).await?;
        let account = account.ok_or(Error::InvitationClosed(Closed::Withdrawn))?;
        Ok(Offer {
            account_name: account.name,
            role: Role::parse(&found.role).ok_or(Error::Internal)?,
            email: found.email,
        })
    }

    /// Makes the invited person a member and signs them in; a session that the browser held before is ended.
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
        self.find_offer(token).await?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error))?;
        let password_hash = self.passwords().hash(password, self.random()).await?;
        let (this, token, before) = (self.clone(), token_hash(token), before.map(token_hash));
        self.finish(async move { this.make_invited(&token, password_hash, address, before).await }).await
    }

    async fn make_invited(
        &self,
        token: &[u8],
        password_hash: String,
        address: Option<IpAddr>,
        before: Option<Vec<u8>>,
    ) -> Result<SignedIn, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        // Read again: of two who open the link at once, one is late.
        let invitation = open(tx.invitations().find_by_token(token).await?, now)?;
        // Whoever closes the account takes no notice of a password that is just being hashed.
        if tx.accounts().find(&invitation.account_id).await?.is_none() {
            return Err(Error::InvitationClosed(Closed::Withdrawn));
        }
        tx.invitations().accept(&invitation.id).await?;
        let member = MemberRow {
            id: ids::new("mem", self.random()),
            account_id: invitation.account_id.clone(),
            email: invitation.email.clone(),
            password_hash,
            role: invitation.role.clone(),
            created_at: now,
        };
        tx.members().insert(&member).await.map_err(|error| match error {
            StoreError::Conflict(_) => Error::InvitationClosed(Closed::Member),
            other => other.into(),
        })?;
        if let Some(before) = before {
            tx.sessions().delete(&before).await?;
        }
        let token = self.begin_session(&mut tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let actor = crate::access::member_actor(&member, address)?;
        let event = Event {
            at: now,
            account_id: &member.account_id,
            actor: &actor,
            action: "member.join",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role, "invited_by": invitation.created_by }),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }
}

fn open(found: Option<InvitationRow>, now: Millis) -> Result<InvitationRow, Error> {
    let Some(found) = found else { return Err(Error::InvitationClosed(Closed::Unknown)) };
    match found.state.as_str() {
        "accepted" => Err(Error::InvitationClosed(Closed::Used)),
        "deleted" => Err(Error::InvitationClosed(Closed::Withdrawn)),
        _ if found.expires_at <= now => Err(Error::InvitationClosed(Closed::Expired)),
        _ => Ok(found),
    }
}
