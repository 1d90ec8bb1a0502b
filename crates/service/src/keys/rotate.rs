//! Rotating a key's secret: the key gets a new secret, while the old one keeps working for an overlap or ends at once.

use super::create::CreatedKey;
use super::key_pdf::pdf_of_row;
use super::secret::NewSecret;
use super::view::to_view;
use super::{KeySecrets, find_changed};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::{commit_and_evict, run_detached};
use crate::error::Error;
use domain::key::Environment;
use domain::lifecycle::RotateForm;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::views::{KeyView, LastUse};
use serde_json::json;
use store::{AccountRow, KeyRow, KeyStamp};

/// How often the PDF is rendered because the key was changed meanwhile.
const MAX_ATTEMPTS: usize = 3;

impl KeySecrets {
    /// Gives a key a new secret. Name, rules and counters stay. The old secret works as long as the form says; one from
    /// an earlier rotation ends now. Once this returns, no call is let in with an ended secret, even after an older
    /// backup is restored.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the form.
    pub async fn rotate(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &RotateForm,
    ) -> Result<CreatedKey, Error> {
        self.rotate_revision(actor, account_id, id, form, None).await
    }

    /// As [`Self::rotate`], if the key still has the `revision` with which its form was opened: a form that is sent
    /// again must not end the secret that it created before.
    ///
    /// # Errors
    /// As [`Self::rotate`]; [`Error::EditConflict`] if the key has another revision by now.
    pub async fn rotate_revision(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &RotateForm,
        revision: Option<i64>,
    ) -> Result<CreatedKey, Error> {
        actor.may_manage_keys(account_id)?;
        let account = self.context.store.accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (id, form) = (id.to_owned(), form.clone());
        run_detached(async move { this.rotate_with_pdf(&actor, &account, &id, &form, revision).await }).await
    }

    async fn rotate_with_pdf(
        &self,
        actor: &Actor,
        account: &AccountRow,
        id: &str,
        form: &RotateForm,
        revision: Option<i64>,
    ) -> Result<CreatedKey, Error> {
        for _ in 0..MAX_ATTEMPTS {
            let key = self.context.store.keys().find(&account.id, id).await?.ok_or(Error::NotFound)?;
            if revision.is_some_and(|revision| revision != key.generation) {
                return Err(Error::EditConflict { by: key.updated_by, at: key.updated_at });
            }
            actor.may_manage_in(&key.environment)?;
            // The holder of the new secret may do all that the key may, so the actor must be allowed to give that.
            actor.may_give(&Privileges::from_stored(&key.privileges).map_err(|_| Error::Internal)?, None)?;
            let now = self.context.now();
            let until = form.check(now, key.expires_at).map_err(Error::Invalid)?;
            let environment = Environment::parse(&key.environment).ok_or(Error::Internal)?;
            let secret = NewSecret::generate(&self.context, environment);
            // Rendered before the secret works: a failure must not leave a secret that was never shown.
            let pdf = pdf_of_row(&self.context, account, &key, &secret, now).await?;
            if let Some(key) = self.replace_secret(actor, &key, &secret, (now, until)).await? {
                // The page that shows the secret also waits for its first call.
                self.gate.watch(secret.public_id.as_str(), &account.id);
                return Ok(CreatedKey { key, secret: secret.value, pdf });
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
        let mut tx = self.context.store.begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        if before.generation != key.generation {
            return Ok(None);
        }
        let older = tx.key_secrets().end_retired(id, now).await?;
        let old = tx.key_secrets().retire_current(id, until).await?.ok_or(Error::Internal)?;
        tx.key_secrets().insert(&secret.to_row(id, now)).await?;
        let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
        tx.keys().update_stamp(&touch).await?;
        let event = AuditEvent {
            at: now,
            account_id,
            actor,
            action: "key.rotate",
            key_id: Some(id),
            details: json!({ "name": before.name, "old_secret_until": until }),
        };
        self.context.audit.append(&mut tx, event).await?;
        let (after, public_ids) = find_changed(&mut tx, account_id, id).await?;
        // Before the commit's result is known, because the database may commit and its answer be lost.
        self.gate.add_id(&secret.public_id);
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        let retired: Vec<_> = older.into_iter().map(|id| (id, now)).chain([(old, until)]).collect();
        if self.ledger.append_retired(&retired).await.is_err() {
            // Not an error: withholding the new secret, which is shown once, would cost more than a line of the ledger
            // that the next start adds.
            tracing::error!("the ledger lacks a replaced secret; make room and start again, before restoring a backup");
        }
        Ok(Some(to_view(&self.context, &self.gate, after)))
    }

    /// Ends the overlap of a rotation early: the old secret stops working. Does nothing if none works any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key. [`Error::Unavailable`] if the revocation ledger could not be
    /// written: the secret is already refused, and the next start completes the ledger.
    pub async fn end_overlap(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_overlap_ended(&actor, &account_id, &id).await }).await
    }

    async fn write_overlap_ended(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&before.environment)?;
        let ended = tx.key_secrets().end_retired(id, now).await?;
        if ended.is_empty() {
            return Ok(to_view(&self.context, &self.gate, before));
        }
        let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
        tx.keys().update_stamp(&touch).await?;
        let event = AuditEvent {
            at: now,
            account_id,
            actor,
            action: "key.end_overlap",
            key_id: Some(id),
            details: json!({ "name": before.name, "old_secret_until": before.previous_retires_at }),
        };
        self.context.audit.append(&mut tx, event).await?;
        let (after, public_ids) = find_changed(&mut tx, account_id, id).await?;
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        let ended: Vec<_> = ended.into_iter().map(|id| (id, now)).collect();
        self.ledger.append_retired(&ended).await.map_err(|_| Error::Unavailable)?;
        Ok(to_view(&self.context, &self.gate, after))
    }

    /// The addresses that still use the old secret of a key, the latest use first; empty if no old secret works.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn list_old_secret_uses(&self, actor: &Actor, account_id: &str, id: &str) -> Result<Vec<LastUse>, Error> {
        actor.may_see_keys(account_id)?;
        let key = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        match key.previous_public_id {
            Some(old) if key.previous_retires_at.is_some_and(|until| until > self.context.now()) => {
                Ok(self.gate.list_retired_uses(&old).await?)
            }
            _ => Ok(Vec::new()),
        }
    }
}
