//! The first account: made once, by whoever holds the link that the first start prints.

use super::{Actor, SignedIn, Viewer};
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::{ids, random};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::form::{SetupDraft, SetupForm};
use domain::member::Role;
use parking_lot::Mutex;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::net::IpAddr;
use store::{AccountRow, MemberRow};
use subtle::ConstantTimeEq;

/// The one-time link's token, as long as nobody used it. It lives in memory: each start makes another one.
#[derive(Default)]
pub(crate) struct SetupLink(Mutex<Option<SecretString>>);

impl SetupLink {
    fn is(&self, token: &str) -> bool {
        let held = self.0.lock();
        held.as_ref().is_some_and(|held| held.expose_secret().as_bytes().ct_eq(token.as_bytes()).into())
    }
}

impl Keyhatch {
    /// Makes the token of the set-up link, if there is no account yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn open_setup(&self) -> Result<Option<SecretString>, Error> {
        if self.store().accounts().count().await? > 0 {
            return Ok(None);
        }
        let token = SecretString::from(URL_SAFE_NO_PAD.encode(random::bytes::<24>(self.random())));
        *self.setup_link().0.lock() = Some(token.clone());
        Ok(Some(token))
    }

    /// Whether `token` opens the set-up page.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_setup_open(&self, token: &str) -> Result<bool, Error> {
        Ok(self.setup_link().is(token) && self.store().accounts().count().await? == 0)
    }

    /// Makes the first account and its owner, and signs the owner in.
    ///
    /// # Errors
    /// [`Error::SetupClosed`] if the token is wrong or an account exists, [`Error::Invalid`] for the fields.
    pub async fn set_up(&self, token: &str, form: &SetupForm, address: Option<IpAddr>) -> Result<SignedIn, Error> {
        if !self.is_setup_open(token).await? {
            return Err(Error::SetupClosed);
        }
        let draft = form.check().map_err(Error::Invalid)?;
        let password = SecretString::from(form.password.clone());
        let password_hash = self.passwords().hash(&password, self.random()).await?;
        let this = self.clone();
        self.finish(async move { this.make_first(draft, password_hash, address).await }).await
    }

    async fn make_first(
        &self,
        draft: SetupDraft,
        password_hash: String,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let now = self.now();
        let account = AccountRow {
            id: ids::new("acc", self.random()),
            parent_id: None,
            name: draft.account_name.as_str().to_owned(),
            created_at: now,
        };
        let member = MemberRow {
            id: ids::new("mem", self.random()),
            account_id: account.id.clone(),
            email: draft.email.as_str().to_owned(),
            password_hash,
            role: Role::Owner.as_str().to_owned(),
            created_at: now,
        };
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if tx.accounts().count().await? > 0 {
            return Err(Error::SetupClosed);
        }
        tx.accounts().insert(&account).await?;
        tx.members().insert(&member).await?;
        let token = self.begin_session(&mut tx, &member.id, address).await?;
        tx.members().update_last_sign_in(&member.id, now).await?;
        let actor = Actor::Member(Viewer {
            member_id: member.id.clone(),
            email: member.email.clone(),
            role: Role::Owner,
            account_id: account.id.clone(),
            account_name: account.name.clone(),
            open: None,
            has_sub_accounts: false,
            address,
            session: Vec::new(),
        });
        let details = json!({ "account": account.name, "email": member.email });
        let event =
            Event { at: now, account_id: &account.id, actor: &actor, action: "account.set-up", key_id: None, details };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        self.setup_link().0.lock().take();
        Ok(SignedIn { token, needs_code: false })
    }
}
