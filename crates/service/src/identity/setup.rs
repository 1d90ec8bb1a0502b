//! Set-up: the first account and its owner, created once with the link that the first start prints.

use super::InitialSetup;
use crate::actor::member_actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use crate::ids;
use crate::session::{SignedIn, begin_session};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::form::{SetupDraft, SetupForm};
use domain::member::Role;
use parking_lot::Mutex;
use secrets::{ExposeSecret, SecretString, random_bytes};
use serde_json::json;
use std::net::IpAddr;
use store::{AccountRow, MemberRow};
use subtle::ConstantTimeEq;

/// The token of the one-time link, until it is used. It lives in memory only; each start creates another one.
#[derive(Default)]
pub(super) struct SetupLink(Mutex<Option<SecretString>>);

impl SetupLink {
    fn matches(&self, token: &str) -> bool {
        let expected = self.0.lock();
        expected.as_ref().is_some_and(|expected| expected.expose_secret().as_bytes().ct_eq(token.as_bytes()).into())
    }
}

impl InitialSetup {
    /// Creates the token of the set-up link, if there is no account yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn create_link(&self) -> Result<Option<SecretString>, Error> {
        if self.context.store.accounts().count().await? > 0 {
            return Ok(None);
        }
        let token = SecretString::from(URL_SAFE_NO_PAD.encode(random_bytes::<24>(&*self.context.random)));
        *self.link.0.lock() = Some(token.clone());
        Ok(Some(token))
    }

    /// Whether `token` opens the set-up page.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_open(&self, token: &str) -> Result<bool, Error> {
        Ok(self.link.matches(token) && self.context.store.accounts().count().await? == 0)
    }

    /// Creates the first account and its owner, and signs the owner in.
    ///
    /// # Errors
    /// [`Error::SetupClosed`] if the token is wrong or an account exists, [`Error::Invalid`] for the fields.
    pub async fn complete(&self, token: &str, form: &SetupForm, address: Option<IpAddr>) -> Result<SignedIn, Error> {
        if !self.is_open(token).await? {
            return Err(Error::SetupClosed);
        }
        let draft = form.check().map_err(Error::Invalid)?;
        let password = SecretString::from(form.password.clone());
        let password_hash = self.credentials.hash_password(&password).await?;
        let this = self.clone();
        run_detached(async move { this.create_first_account(draft, password_hash, address).await }).await
    }

    async fn create_first_account(
        &self,
        draft: SetupDraft,
        password_hash: String,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let now = self.context.now();
        let account = AccountRow {
            id: ids::new("acc", &*self.context.random),
            parent_id: None,
            name: draft.account_name.as_str().to_owned(),
            created_at: now,
        };
        let member = MemberRow {
            id: ids::new("mem", &*self.context.random),
            account_id: account.id.clone(),
            email: draft.email.as_str().to_owned(),
            password_hash,
            role: Role::Owner.as_str().to_owned(),
            created_at: now,
        };
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if tx.accounts().count().await? > 0 {
            return Err(Error::SetupClosed);
        }
        tx.accounts().insert(&account).await?;
        tx.members().insert(&member).await?;
        let token = begin_session(&self.context, &mut tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let event = AuditEvent {
            at: now,
            account_id: &account.id,
            actor: &member_actor(&member, address)?,
            action: "account.set_up",
            key_id: None,
            details: json!({ "account": account.name, "email": member.email }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        self.link.0.lock().take();
        Ok(SignedIn { token, needs_code: false })
    }
}
