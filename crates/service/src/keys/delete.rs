//! Deleting keys for good: one key, or many in one transaction.

use super::{Keys, check_count};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::{commit_and_evict, run_detached};
use crate::error::{Error, invalid};
use domain::lifecycle::{DeleteForm, parse_delete_reason};
use serde_json::json;
use store::KeyStamp;

impl Keys {
    /// Deletes a key for a person, who types the name of a key that is in use. Otherwise as [`Self::delete`], which does
    /// not ask, because programs call it.
    ///
    /// # Errors
    /// As [`Self::delete`]; [`Error::Invalid`] also for `confirm_name`.
    pub async fn delete_confirmed(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &DeleteForm,
    ) -> Result<(), Error> {
        actor.may_manage_keys(account_id)?;
        let key = self.find(actor, account_id, id).await?;
        form.check(&key, self.context.now()).map_err(Error::Invalid)?;
        self.delete(actor, account_id, id, &form.reason).await
    }

    /// Deletes a key. Once this returns, no call is let in with it, even after an older backup is restored. `reason` is
    /// as typed; empty for none.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the reason. [`Error::Unavailable`] if
    /// the revocation ledger could not be written: the key is already refused, and the next start completes the ledger.
    pub async fn delete(&self, actor: &Actor, account_id: &str, id: &str, reason: &str) -> Result<(), Error> {
        let deleted = self.delete_many(actor, account_id, &[id.to_owned()], reason).await?;
        if deleted.is_empty() { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Deletes many keys in one transaction; returns the ids of those that were deleted. Foreign and already deleted
    /// keys are skipped.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many ids or for the reason; [`Error::Unavailable`] as for one key.
    pub async fn delete_many(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        reason: &str,
    ) -> Result<Vec<String>, Error> {
        actor.may_manage_keys(account_id)?;
        check_count(ids)?;
        let reason = parse_delete_reason(reason).map_err(|error| invalid("reason", error))?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, ids) = (account_id.to_owned(), ids.to_owned());
        run_detached(async move { this.write_deleted(&actor, &account_id, &ids, reason.as_deref()).await }).await
    }

    async fn write_deleted(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        reason: Option<&str>,
    ) -> Result<Vec<String>, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        let generation = tx.next_generation().await?;
        let (mut done, mut public_ids) = (Vec::new(), Vec::new());
        for id in ids {
            let Some(key) = tx.keys().find(account_id, id).await? else { continue };
            actor.may_manage_in(&key.environment)?;
            let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
            let Some(secrets) = tx.keys().delete(&touch, reason).await? else { continue };
            let mut details = json!({ "name": key.name });
            if let Some(reason) = reason {
                details["reason"] = reason.into();
            }
            let event = AuditEvent { at: now, account_id, actor, action: "key.delete", key_id: Some(id), details };
            self.context.audit.append(&mut tx, event).await?;
            public_ids.extend(secrets);
            done.push(id.clone());
        }
        if done.is_empty() {
            return Ok(done);
        }
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        self.ledger.append_deleted(&public_ids, now).await.map_err(|_| Error::Unavailable)?;
        Ok(done)
    }
}
