//! Signing in with email and password. Message, status and work are the same for an unknown email and a wrong password.
//! A member with a second factor gets a pending sign-in instead of a session; `second_factor` completes it.

use super::MemberSessions;
use crate::actor::member_actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use crate::session::{SignedIn, begin_session, hash_token};
use domain::form::SignInForm;
use domain::member::Email;
use domain::time::Millis;
use secrets::SecretString;
use serde_json::{Value, json};
use std::net::IpAddr;
use store::{MemberRow, Tx};

/// How long an address counts as known after signing in from it, in milliseconds: 30 days.
const KNOWN_FOR: Millis = 30 * 24 * 60 * 60 * 1_000;

impl MemberSessions {
    /// Begins a session, and ends the one that the browser had before.
    ///
    /// # Errors
    /// [`Error::WrongCredentials`], or [`Error::Limited`] after too many failures.
    pub async fn sign_in(
        &self,
        form: &SignInForm,
        address: Option<IpAddr>,
        before: Option<&SecretString>,
    ) -> Result<SignedIn, Error> {
        let email = Email::parse(&form.email).map_err(|_| Error::WrongCredentials)?;
        let member = self.context.store.members().find_by_email(email.as_str()).await?;
        let is_known = self.is_known_address(member.as_ref(), address).await?;
        let attempt = self.credentials.begin_password(address, email.as_str(), is_known)?;
        let password = SecretString::from(form.password.clone());
        let stored = member.as_ref().map(|member| member.password_hash.as_str());
        if !self.credentials.verify_password(&password, stored).await? {
            return Err(Error::WrongCredentials);
        }
        self.credentials.succeeded(attempt);
        let member = member.ok_or(Error::WrongCredentials)?;
        let before = before.map(hash_token);
        let this = self.clone();
        run_detached(async move { this.begin_after_password(member, address, before).await }).await
    }

    /// Whether the member has signed in from this address lately.
    pub(super) async fn is_known_address(
        &self,
        member: Option<&MemberRow>,
        address: Option<IpAddr>,
    ) -> Result<bool, Error> {
        let Some(address) = address else { return Ok(false) };
        // Also queried for an unknown email, so that it takes as long.
        let id = member.map_or("", |member| &member.id);
        let since = self.context.now() - KNOWN_FOR;
        Ok(self.context.store.sessions().exists_from_address(id, &address.to_string(), since).await?)
    }

    async fn begin_after_password(
        &self,
        member: MemberRow,
        address: Option<IpAddr>,
        before: Option<Vec<u8>>,
    ) -> Result<SignedIn, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        // Read again: the password may have been updated, or the member deleted, while it was verified.
        let member = tx.members().find(&member.id).await?.filter(|now| now.password_hash == member.password_hash);
        let member = member.ok_or(Error::WrongCredentials)?;
        if let Some(before) = before {
            tx.sessions().delete(&before).await?;
            tx.pending_sign_ins().delete(&before).await?;
        }
        let has_second_factor =
            tx.two_factor().find(&member.id).await?.is_some_and(|factor| factor.confirmed_at.is_some());
        let token = if has_second_factor {
            self.begin_pending(&mut tx, &member.id).await?
        } else {
            self.begin_signed_in(&mut tx, &member, address, json!({})).await?
        };
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: has_second_factor })
    }

    /// Begins the session of a fully authenticated member, in the caller's transaction.
    pub(super) async fn begin_signed_in(
        &self,
        tx: &mut Tx,
        member: &MemberRow,
        address: Option<IpAddr>,
        details: Value,
    ) -> Result<SecretString, Error> {
        let now = self.context.now();
        let token = begin_session(&self.context, tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let event = AuditEvent {
            at: now,
            account_id: &member.account_id,
            actor: &member_actor(member, address)?,
            action: "member.sign_in",
            key_id: None,
            details,
        };
        self.context.audit.append(tx, event).await?;
        Ok(token)
    }
}
