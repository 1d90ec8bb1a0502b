//! Changing a key's secret: a new one for the same key, while the old one goes on working for a while or ends at once.

use super::changed;
use super::issue::Issued;
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::secrets::{self, NewSecret};
use domain::key::Environment;
use domain::lifecycle::RotateForm;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::views::{KeyView, LastUse};
use serde_json::json;
use store::{AccountRow, KeyRow, KeySecretRow, KeyStamp};

/// How often the sheet is drawn anew because the key was changed while it was drawn.
const DRAWINGS: usize = 3;

impl Keyhatch {
    /// Gives a key a new secret. Its name, rules and counters stay. The old secret works as long as the form says; one
    /// that was older still ends now. When this returns, no call is let in with what has ended, on a restored old backup
    /// neither.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the form.
    pub async fn rotate_key(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &RotateForm,
    ) -> Result<Issued, Error> {
        actor.may_manage_keys(account_id)?;
        let account = self.store().accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (id, form) = (id.to_owned(), form.clone());
        self.finish(async move { this.rotate(&actor, &account, &id, &form).await }).await
    }

    async fn rotate(&self, actor: &Actor, account: &AccountRow, id: &str, form: &RotateForm) -> Result<Issued, Error> {
        for _ in 0..DRAWINGS {
            let key = self.store().keys().find(&account.id, id).await?.ok_or(Error::NotFound)?;
            actor.may_manage_in(&key.environment)?;
            // Whoever gets the new secret may do all that the key may: asked of the very row that is changed.
            actor.may_give(&Privileges::from_stored(&key.privileges).map_err(|_| Error::Internal)?, None)?;
            let now = self.now();
            let until = form.check(now, key.expires_at).map_err(Error::Invalid)?;
            let environment = Environment::parse(&key.environment).ok_or(Error::Internal)?;
            let secret = secrets::new_secret(self.format(), environment, self.pepper(), self.random());
            // Made before the secret counts: a sheet that cannot be made must not leave a secret that nobody has seen.
            let pdf = self.sheet_of_row(account, &key, &secret, now).await?;
            if let Some(key) = self.replace_secret(actor, &key, &secret, (now, until)).await? {
                return Ok(Issued { key, secret: secret.value, pdf });
            }
        }
        Err(Error::Unavailable)
    }

    /// `None` if the key was changed since it was read.
    async fn replace_secret(
        &self,
        actor: &Actor,
        key: &KeyRow,
        secret: &NewSecret,
        (now, until): (Millis, Millis),
    ) -> Result<Option<KeyView>, Error> {
        let (account_id, id) = (key.account_id.as_str(), key.id.as_str());
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        if before.generation != key.generation {
            return Ok(None);
        }
        let older = tx.key_secrets().end_retired(id, now).await?;
        let old = tx.key_secrets().retire_current(id, until).await?.ok_or(Error::Internal)?;
        tx.key_secrets()
            .insert(&KeySecretRow {
                public_id: secret.public_id.as_str().to_owned(),
                key_id: id.to_owned(),
                hash: secret.hash.to_vec(),
                last_chars: secret.last_chars.clone(),
                created_at: now,
                retires_at: None,
            })
            .await?;
        let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
        tx.keys().update_stamp(&touch).await?;
        let event = Event {
            at: now,
            account_id,
            actor,
            action: "key.rotate",
            key_id: Some(id),
            details: json!({ "name": before.name, "old_secret_until": until }),
        };
        self.chain().append(&mut tx, event).await?;
        let (after, public_ids) = changed(&mut tx, account_id, id).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.known().add(&secret.public_id);
        self.forget_secrets(&public_ids);
        committed?;
        let retired: Vec<_> = older.into_iter().map(|id| (id, now)).chain([(old, until)]).collect();
        if self.ledger().append_retired(&retired).await.is_err() {
            // The new secret is shown nowhere else: withholding it would cost more than a line that the next start adds.
            tracing::error!("the ledger lacks a replaced secret; make room and start again, before restoring a backup");
        }
        Ok(Some(self.view(after)))
    }

    /// Ends the old secret of a key before its time; nothing happens if none works any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key. [`Error::Unavailable`] if the revocation ledger could not be
    /// written: the secret is refused already, and the next start completes the ledger.
    pub async fn end_overlap(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.end_old(&actor, &account_id, &id).await }).await
    }

    async fn end_old(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&before.environment)?;
        let ended = tx.key_secrets().end_retired(id, now).await?;
        if ended.is_empty() {
            return Ok(self.view(before));
        }
        let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
        tx.keys().update_stamp(&touch).await?;
        let event = Event {
            at: now,
            account_id,
            actor,
            action: "key.end-old-secret",
            key_id: Some(id),
            details: json!({ "name": before.name, "old_secret_until": before.previous_retires_at }),
        };
        self.chain().append(&mut tx, event).await?;
        let (after, public_ids) = changed(&mut tx, account_id, id).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(&public_ids);
        committed?;
        let ended: Vec<_> = ended.into_iter().map(|id| (id, now)).collect();
        self.ledger().append_retired(&ended).await.map_err(|_| Error::Unavailable)?;
        Ok(self.view(after))
    }

    /// From where the old secret of a key is still used, the latest use first; nothing if none works any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn old_secret_uses(&self, actor: &Actor, account_id: &str, id: &str) -> Result<Vec<LastUse>, Error> {
        actor.may_see_keys(account_id)?;
        let key = self.store().keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        match key.previous_public_id {
            Some(old) if key.previous_retires_at.is_some_and(|until| until > self.now()) => {
                Ok(self.uses_of_old_secret(&old).await?)
            }
            _ => Ok(Vec::new()),
        }
    }
}
