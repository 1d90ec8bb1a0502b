//! Issuing a key: the only use case that returns a secret, together with its PDF.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::ids;
use crate::keyhatch::Keyhatch;
use crate::secrets;
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
        let (now, environment) = (self.now(), draft.environment);
        let secret = secrets::new_secret(self.format(), environment, self.pepper(), self.random());
        // Made before the key exists: a sheet that cannot be made must not leave a key that nobody has seen.
        let pdf = self.sheet(account, &draft, &secret, now).await?;
        let mut new = NewKey {
            id: ids::new("key", self.random()),
            account_id: account.id.clone(),
            name: draft.name.as_str().to_owned(),
            environment: environment.as_str().to_owned(),
            channel: None,
            whitelist: draft.whitelist.to_stored(),
            privileges: draft.privileges.to_stored(),
            limits: draft.limits.to_stored(),
            created_at: now,
            created_by: actor.name().to_owned(),
            expires_at: draft.expires_at,
            generation: 0,
        };
        let row = KeySecretRow {
            public_id: secret.public_id.as_str().to_owned(),
            key_id: new.id.clone(),
            hash: secret.hash.to_vec(),
            last_chars: secret.last_chars,
            created_at: now,
            retires_at: None,
        };
        let key = self.view(self.insert(actor, &mut new, &row).await?);
        Ok(Issued { key, secret: secret.value, pdf })
    }

    async fn insert(&self, actor: &Actor, new: &mut NewKey, secret: &KeySecretRow) -> Result<KeyRow, Error> {
        let limit = self.policy().keys_per_account;
        let mut tx = self.store().begin().await?;
        // Also the lock that makes racers for the last free place wait for each other.
        new.generation = tx.next_generation().await?;
        if usize::try_from(tx.count_keys(&new.account_id).await?).unwrap_or(usize::MAX) >= limit {
            return Err(Error::TooManyKeys { limit });
        }
        tx.insert_key(new, secret).await?;
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
        Ok(row)
    }
}
