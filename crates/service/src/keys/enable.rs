//! Disabling keys, which refuses their calls at once, and enabling them again: one key, or many in one transaction.

use super::{Keys, check_count, find_changed};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::{commit_and_evict, run_detached};
use crate::error::Error;
use serde_json::json;
use store::KeyStamp;

impl Keys {
    /// Enables a key; does nothing if it is enabled. Once this returns, no call is decided by its old state.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn enable(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        self.set_enabled(actor, account_id, id, true).await
    }

    /// Disables a key; does nothing if it is disabled. Once this returns, none of its calls is let in.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn disable(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        self.set_enabled(actor, account_id, id, false).await
    }

    /// Enables many keys in one transaction; returns the ids of those that were disabled. Deleted and foreign keys are
    /// skipped.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many ids.
    pub async fn enable_many(&self, actor: &Actor, account_id: &str, ids: &[String]) -> Result<Vec<String>, Error> {
        self.set_many_enabled(actor, account_id, ids, true).await
    }

    /// Disables many keys in one transaction; returns the ids of those that were enabled. Deleted and foreign keys are
    /// skipped.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many ids.
    pub async fn disable_many(&self, actor: &Actor, account_id: &str, ids: &[String]) -> Result<Vec<String>, Error> {
        self.set_many_enabled(actor, account_id, ids, false).await
    }

    async fn set_enabled(&self, actor: &Actor, account_id: &str, id: &str, enabled: bool) -> Result<(), Error> {
        actor.may_manage_keys(account_id)?;
        let key = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&key.environment)?;
        self.set_many_enabled(actor, account_id, &[id.to_owned()], enabled).await.map(drop)
    }

    async fn set_many_enabled(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        enabled: bool,
    ) -> Result<Vec<String>, Error> {
        actor.may_manage_keys(account_id)?;
        check_count(ids)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, ids) = (account_id.to_owned(), ids.to_owned());
        run_detached(async move { this.write_enabled(&actor, &account_id, &ids, enabled).await }).await
    }

    async fn write_enabled(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        enabled: bool,
    ) -> Result<Vec<String>, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        let generation = tx.next_generation().await?;
        let (mut done, mut public_ids) = (Vec::new(), Vec::new());
        for id in ids {
            let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
            if !tx.keys().update_enabled(&touch, enabled).await? {
                continue;
            }
            let (key, secrets) = find_changed(&mut tx, account_id, id).await?;
            let event = AuditEvent {
                at: now,
                account_id,
                actor,
                action: if enabled { "key.enable" } else { "key.disable" },
                key_id: Some(id),
                details: json!({ "name": key.name }),
            };
            self.context.audit.append(&mut tx, event).await?;
            public_ids.extend(secrets);
            done.push(id.clone());
        }
        if done.is_empty() {
            return Ok(done);
        }
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        Ok(done)
    }
}
