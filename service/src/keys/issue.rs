//! Issuing a key: the only use case that returns a secret, together with its PDF.

use super::repeat::Repeat;
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::ids;
use crate::keyhatch::Keyhatch;
use crate::secrets::{self, NewSecret};
use domain::form::{KeyDraft, KeyForm, Moment};
use domain::key::PublicId;
use domain::listing::KeyView;
use secrecy::SecretString;
use serde_json::json;
use store::{AccountRow, KeyRow, KeySecretRow, NewKey};

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
            .check(self.policy(), self.catalogue(), Moment { now: self.now(), expires_at: None })
            .map_err(Error::Invalid)?;
        let account = self.store().find_account(account_id).await?.ok_or(Error::NotFound)?;
        let this = self.clone();
        let actor = actor.clone();
        self.finish(async move { this.issue(&actor, &account, draft).await }).await
    }

    async fn issue(&self, actor: &Actor, account: &AccountRow, draft: KeyDraft) -> Result<Issued, Error> {
        let (mut new, row, secret) = self.prepare(actor, &account.id, &draft);
        // Made before the key exists: a sheet that cannot be made must not leave a key that nobody has seen.
        let pdf = self.sheet(account, &draft, &secret, new.created_at).await?;
        let (row, _) = self.insert(actor, account, &mut new, &row, None).await?;
        Ok(Issued { key: self.view(row), secret: secret.value, pdf })
    }

    /// The rows of a key to be, and its secret.
    pub(super) fn prepare(
        &self,
        actor: &Actor,
        account_id: &str,
        draft: &KeyDraft,
    ) -> (NewKey, KeySecretRow, NewSecret) {
        let now = self.now();
        let secret = secrets::new_secret(self.format(), draft.environment, self.pepper(), self.random());
        let new = NewKey {
            id: ids::new("key", self.random()),
            account_id: account_id.to_owned(),
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
        (new, row, secret)
    }

    /// Inserts a key, unless `repeat` names a creation that was done already: then nothing is changed, and the key that
    /// it made is answered, with `false`.
    pub(super) async fn insert(
        &self,
        actor: &Actor,
        account: &AccountRow,
        new: &mut NewKey,
        secret: &KeySecretRow,
        repeat: Option<&Repeat>,
    ) -> Result<(KeyRow, bool), Error> {
        let limit = self.policy().keys_of(account.parent_id.is_some());
        let mut tx = self.store().begin().await?;
        // Also the lock that makes racers for the last free place wait for each other.
        new.generation = tx.next_generation().await?;
        if let Some(repeat) = repeat
            && let Some(made) = repeat.find_in(&mut tx, actor).await?
        {
            let row = tx.find_key(&account.id, &made).await?.ok_or(Error::NotFound)?;
            return Ok((row, false));
        }
        if tx.find_account(&account.id).await?.is_none() {
            return Err(Error::NotFound);
        }
        if usize::try_from(tx.count_keys(&new.account_id).await?).unwrap_or(usize::MAX) >= limit {
            return Err(Error::TooManyKeys { limit });
        }
        tx.insert_key(new, secret).await?;
        if let Some(repeat) = repeat {
            repeat.note_in(&mut tx, actor, &new.id, new.created_at).await?;
        }
        let event = Event {
            at: new.created_at,
            account_id: &new.account_id,
            actor,
            action: "key.issue",
            key_id: Some(&new.id),
            details: json!({
                "name": new.name, "environment": new.environment,
                "whitelist": new.whitelist, "privileges": new.privileges,
                "limits": new.limits, "expires_at": new.expires_at,
            }),
        };
        self.chain().append(&mut tx, event).await?;
        let row = tx.find_key(&new.account_id, &new.id).await?.ok_or(Error::Internal)?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        if let Some(id) = PublicId::parse(&secret.public_id) {
            self.known().add(&id);
        }
        committed?;
        Ok((row, true))
    }
}
