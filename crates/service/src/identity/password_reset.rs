//! A lost password: asking for a one-time link by mail, and choosing a new password with a link. Sending the mail belongs
//! to the caller. Nothing that a stranger sees, the time included, depends on whether an email belongs to a member.

use super::PasswordResets;
use crate::actor::{Actor, member_actor};
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use crate::password_reset::{self, NewPasswordReset};
use crate::session::hash_token;
use domain::member::{Email, check_password};
use secrets::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::IpAddr;
use store::MemberRow;

/// The most open links of a member that were asked for by mail. Further requests send nothing, and leave the links that
/// were sent: a stranger's requests neither flood a mailbox nor lock its owner out.
const OPEN_MAX: i64 = 5;

/// A request for a link that may be carried out. It says nothing about whether there is such a member.
pub struct PasswordResetRequest(Email);

impl PasswordResets {
    /// Counts a request for a link. It does not look the member up, so it takes as long for every email.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email`, [`Error::Limited`] after too many requests from one network or for one email.
    pub fn request(&self, email: &str, address: Option<IpAddr>) -> Result<PasswordResetRequest, Error> {
        let email = Email::parse(email).map_err(|error| invalid("email", error))?;
        self.credentials.begin_reset(address, email.as_str())?;
        Ok(PasswordResetRequest(email))
    }

    /// Creates the link to mail. `None` if there is no such member, or they have five open links. The caller must not let
    /// anybody observe which, nor how long it took.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn create_requested(&self, request: PasswordResetRequest) -> Result<Option<NewPasswordReset>, Error> {
        let this = self.clone();
        run_detached(async move { this.write_requested(request.0.as_str()).await }).await
    }

    async fn write_requested(&self, email: &str) -> Result<Option<NewPasswordReset>, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        let Some(member) = tx.members().find_by_email(email).await? else { return Ok(None) };
        if tx.password_resets().count_open(&member.id, now).await? >= OPEN_MAX {
            return Ok(None);
        }
        tx.next_generation().await?;
        let created = password_reset::create(&self.context, &mut tx, &member).await?;
        // The request is not authenticated, so the member is not recorded as its actor.
        let event = AuditEvent {
            at: now,
            account_id: &member.account_id,
            actor: &Actor::Keyhatch,
            action: "password.create_reset_link",
            key_id: None,
            details: json!({ "email": member.email, "mailed": true }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Some(created))
    }

    /// The email of the member whom the link with this token is for.
    ///
    /// # Errors
    /// [`Error::PasswordResetClosed`] if the link does not work.
    pub async fn find_email(&self, token: &SecretString) -> Result<String, Error> {
        let found = self.context.store.password_resets().find(&hash_token(token)).await?;
        let member_id = password_reset::check_open(found, self.context.now())?;
        let member = self.context.store.members().find(&member_id).await?.ok_or(Error::PasswordResetClosed)?;
        Ok(member.email)
    }

    /// Sets a new password with a link, which works no more, and ends all the member's sessions. Nobody is signed in: a
    /// second factor stays and is asked for at sign-in. Returns the member's email.
    ///
    /// # Errors
    /// [`Error::PasswordResetClosed`], or [`Error::Invalid`] for `password`.
    pub async fn reset(
        &self,
        token: &SecretString,
        password: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<String, Error> {
        self.find_email(token).await?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error))?;
        let password_hash = self.credentials.hash_password(password).await?;
        let (this, token) = (self.clone(), hash_token(token));
        run_detached(async move { this.write_reset(&token, &password_hash, address).await }).await
    }

    async fn write_reset(&self, token: &[u8], hash: &str, address: Option<IpAddr>) -> Result<String, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        // Read again: a concurrent request may have used the link.
        let member_id = password_reset::check_open(tx.password_resets().find(token).await?, now)?;
        let member: MemberRow = tx.members().find(&member_id).await?.ok_or(Error::PasswordResetClosed)?;
        self.credentials.replace_password(&mut tx, &member.id, hash).await?;
        let event = AuditEvent {
            at: now,
            account_id: &member.account_id,
            actor: &member_actor(&member, address)?,
            action: "password.reset",
            key_id: None,
            details: json!({ "by": "link" }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(member.email)
    }
}
