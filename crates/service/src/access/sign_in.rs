//! Signing in with email and password. Same text, status and work for an unknown person and a wrong password. Whoever
//! uses two-factor codes gets no session for it, but a pending sign-in: `second_step` goes on from there.

use super::member_actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::form::SignInForm;
use domain::member::Email;
use domain::time::Millis;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::net::IpAddr;
use store::{MemberRow, Tx};

/// Whoever signed in from an address within this many milliseconds is no stranger there: 30 days.
const KNOWN_FOR: Millis = 30 * 24 * 60 * 60 * 1_000;

/// A session that has just begun, or a sign-in that waits for its second step.
pub struct SignedIn {
    /// The value of the session's cookie.
    pub token: SecretString,
    /// Whether it is worth nothing until a code is shown with it.
    pub needs_code: bool,
}

impl Keyhatch {
    /// Begins a session; one that the browser held before is ended.
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
        let member = self.store().members().find_by_email(email.as_str()).await?;
        let known = self.is_known_there(member.as_ref(), address).await?;
        let attempt = self
            .throttle()
            .begin(address, email.as_str(), known, self.now())
            .map_err(|retry_after_seconds| Error::Limited { retry_after_seconds })?;
        let password = SecretString::from(form.password.clone());
        let stored = member.as_ref().map(|member| member.password_hash.as_str());
        if !self.passwords().verify(&password, stored).await? {
            return Err(Error::WrongCredentials);
        }
        self.throttle().succeeded(attempt);
        let member = member.ok_or(Error::WrongCredentials)?;
        let before = before.map(super::session::hash);
        let this = self.clone();
        self.finish(async move { this.enter(member, address, before).await }).await
    }

    pub(super) async fn is_known_there(
        &self,
        member: Option<&MemberRow>,
        address: Option<IpAddr>,
    ) -> Result<bool, Error> {
        let Some(address) = address else { return Ok(false) };
        // Asked for nobody too, who has no session: it must take as long.
        let id = member.map_or("", |member| &member.id);
        Ok(self.store().sessions().exists_from_address(id, &address.to_string(), self.now() - KNOWN_FOR).await?)
    }

    async fn enter(
        &self,
        member: MemberRow,
        address: Option<IpAddr>,
        before: Option<Vec<u8>>,
    ) -> Result<SignedIn, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        // Read again: the password may have been changed, or the member removed, while it was compared.
        let member = tx.members().find(&member.id).await?.filter(|now| now.password_hash == member.password_hash);
        let member = member.ok_or(Error::WrongCredentials)?;
        if let Some(before) = before {
            tx.sessions().delete(&before).await?;
            tx.pending_sign_ins().delete(&before).await?;
        }
        if tx.two_factor().find(&member.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()) {
            let token = self.begin_pending(&mut tx, &member.id).await?;
            tx.commit().await?;
            return Ok(SignedIn { token, needs_code: true });
        }
        let token = self.signed_in(&mut tx, &member, address, json!({})).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }

    /// Begins the session of a member who has shown everything, in the caller's transaction.
    pub(super) async fn signed_in(
        &self,
        tx: &mut Tx,
        member: &MemberRow,
        address: Option<IpAddr>,
        details: Value,
    ) -> Result<SecretString, Error> {
        let now = self.now();
        let token = self.begin_session(tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let actor = member_actor(member, address)?;
        let event = Event {
            at: now,
            account_id: &member.account_id,
            actor: &actor,
            action: "member.sign-in",
            key_id: None,
            details,
        };
        self.chain().append(tx, event).await?;
        Ok(token)
    }
}
