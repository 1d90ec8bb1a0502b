//! Signing in with email and password. Same text, status and work for an unknown person and a wrong password.

use super::{Actor, Viewer};
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::form::SignInForm;
use domain::member::{Email, Role};
use domain::time::Millis;
use secrecy::SecretString;
use serde_json::json;
use std::net::IpAddr;
use store::MemberRow;

/// Whoever signed in from an address within this many milliseconds is no stranger there: 30 days.
const KNOWN_FOR: Millis = 30 * 24 * 60 * 60 * 1_000;

/// A session that has just begun.
pub struct SignedIn {
    /// The value of the session's cookie.
    pub token: SecretString,
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
        let member = self.store().find_member_by_email(email.as_str()).await?;
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

    async fn is_known_there(&self, member: Option<&MemberRow>, address: Option<IpAddr>) -> Result<bool, Error> {
        let Some(address) = address else { return Ok(false) };
        // Asked for nobody too, who has no session: it must take as long.
        let id = member.map_or("", |member| &member.id);
        Ok(self.store().has_session_from(id, &address.to_string(), self.now() - KNOWN_FOR).await?)
    }

    async fn enter(
        &self,
        member: MemberRow,
        address: Option<IpAddr>,
        before: Option<Vec<u8>>,
    ) -> Result<SignedIn, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if let Some(before) = before {
            tx.delete_session(&before).await?;
        }
        let token = self.begin_session(&mut tx, &member.id, address).await?;
        let actor = Actor::Member(Viewer {
            role: Role::parse(&member.role).ok_or(Error::Internal)?,
            member_id: member.id,
            email: member.email,
            account_id: member.account_id.clone(),
            account_name: String::new(),
            open: None,
            address,
            session: Vec::new(),
        });
        let event = Event {
            at: self.now(),
            account_id: &member.account_id,
            actor: &actor,
            action: "member.sign-in",
            key_id: None,
            details: json!({}),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(SignedIn { token })
    }
}
