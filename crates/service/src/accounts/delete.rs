//! Deleting an account for good: the keys and members of the account and of all accounts below it are deleted with it.
//! The audit keeps what was done in it.

use super::Accounts;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::{commit_and_evict, run_detached};
use crate::error::Error;
use serde_json::json;

impl Accounts {
    /// Deletes an account and all accounts below it; returns the number of deleted keys. Once this returns, no call is
    /// let in with any of them, even after an older backup is restored.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or deleted account. [`Error::Unavailable`] if the revocation ledger could not be
    /// written: the keys are already refused, and the next start completes the ledger.
    pub async fn delete(&self, actor: &Actor, id: &str) -> Result<u64, Error> {
        let account = self.find_managed(actor, id).await?;
        let (this, actor) = (self.clone(), actor.clone());
        run_detached(async move { this.delete_tree(&actor, account.id).await }).await
    }

    async fn delete_tree(&self, actor: &Actor, id: String) -> Result<u64, Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        let generation = tx.next_generation().await?;
        let (mut remaining, mut keys) = (vec![id], 0);
        while let Some(id) = remaining.pop() {
            let Some(account) = tx.accounts().find(&id).await? else { return Err(Error::NotFound) };
            remaining.extend(tx.accounts().list_child_ids(&id).await?);
            let deleted = tx.keys().delete_by_account(&id, now, &actor.name(), generation).await?;
            tx.accounts().delete(&id, now).await?;
            keys += deleted;
            let event = AuditEvent {
                at: now,
                // Recorded in the account above, whose members can still read it.
                account_id: account.parent_id.as_deref().unwrap_or(&id),
                actor,
                action: "account.delete",
                key_id: None,
                details: json!({ "account": id, "name": account.name, "keys": deleted }),
            };
            self.context.audit.append(&mut tx, event).await?;
        }
        let public_ids = tx.keys().list_deleted_at_generation(generation).await?;
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        self.ledger.append_deleted(&public_ids, now).await.map_err(|_| Error::Unavailable)?;
        Ok(keys)
    }
}
