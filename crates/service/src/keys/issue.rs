//! Issuing a key: the only use case that returns a secret, together with its PDF.

use super::repeat::Repeat;
use super::together::Order;
use crate::access::Actor;
use crate::error::Error;
use crate::ids;
use crate::keyhatch::Keyhatch;
use crate::secrets::{self, NewSecret};
use domain::form::{CheckContext, KeyDraft, KeyForm};
use domain::views::KeyView;
use secrecy::SecretString;
use store::{AccountRow, KeySecretRow, NewKey};

/// A key that exists from now on, and its secret, which is in no other place.
pub struct Issued {
    /// What the list shows of it.
    pub key: KeyView,
    /// The whole key.
    pub secret: SecretString,
    /// The sheet to keep, a PDF. Holds the secret too.
    pub pdf: Vec<u8>,
}

impl Keyhatch {
    /// Issues a key of `account_id`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the fields, [`Error::TooManyKeys`] at the cap, [`Error::Forbidden`] for a viewer.
    pub async fn issue_key(&self, actor: &Actor, account_id: &str, form: &KeyForm) -> Result<Issued, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = form
            .check(self.policy(), self.catalogue(), CheckContext { now: self.now(), expires_at: None })
            .map_err(Error::Invalid)?;
        let account = self.store().accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let this = self.clone();
        let actor = actor.clone();
        self.finish(async move { this.issue(&actor, &account, draft).await }).await
    }

    async fn issue(&self, actor: &Actor, account: &AccountRow, draft: KeyDraft) -> Result<Issued, Error> {
        let (order, secret) = self.order(actor, account, &draft, None);
        // Made before the key exists: a sheet that cannot be made must not leave a key that nobody has seen.
        let pdf = self.sheet(account, &draft, &secret, order.new.created_at).await?;
        let (row, _) = self.make(order).await?;
        Ok(Issued { key: self.view(row), secret: secret.value, pdf })
    }

    /// A key to be made, and its secret.
    pub(super) fn order(
        &self,
        actor: &Actor,
        account: &AccountRow,
        draft: &KeyDraft,
        repeat: Option<Repeat>,
    ) -> (Order, NewSecret) {
        let now = self.now();
        let secret = secrets::new_secret(self.format(), draft.environment, self.pepper(), self.random());
        let new = NewKey {
            id: ids::new("key", self.random()),
            account_id: account.id.clone(),
            name: draft.name.as_str().to_owned(),
            environment: draft.environment.as_str().to_owned(),
            channel: None,
            whitelist: draft.whitelist.to_stored(),
            privileges: draft.privileges.to_stored(),
            limits: draft.limits.to_stored(),
            created_at: now,
            created_by: actor.name(),
            expires_at: draft.expires_at,
            generation: 0,
        };
        let row = KeySecretRow {
            public_id: secret.public_id.as_str().to_owned(),
            key_id: new.id.clone(),
            hash: secret.hash.to_vec(),
            last_chars: secret.last_chars.clone(),
            created_at: now,
            retires_at: None,
        };
        let limit = self.policy().key_limit(account.parent_id.is_some());
        (Order { actor: actor.clone(), limit, new, secret: row, repeat }, secret)
    }
}
