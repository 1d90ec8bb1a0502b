//! Closing an account for good: its keys and those of the accounts below it are deleted, its members are removed, and
//! it is found no more. What was done in it stays in the audit.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use serde_json::json;

impl Keyhatch {
    /// Closes an account and all below it; answers how many keys were deleted. When this returns, no call is let in
    /// with any of them, on a restored old backup neither.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or closed account. [`Error::Unavailable`] if the revocation ledger could not be
    /// written: the keys are refused already, and the next start completes the ledger.
    pub async fn close_account(&self, actor: &Actor, id: &str) -> Result<u64, Error> {
        let account = self.account_below(actor, id).await?;
        let (this, actor) = (self.clone(), actor.clone());
        self.finish(async move { this.close_with_all_below(&actor, account.id).await }).await
    }

    async fn close_with_all_below(&self, actor: &Actor, id: String) -> Result<u64, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let (mut waiting, mut keys) = (vec![id], 0);
        while let Some(id) = waiting.pop() {
            let Some(account) = tx.accounts().find(&id).await? else { return Err(Error::NotFound) };
            waiting.extend(tx.accounts().list_child_ids(&id).await?);
            let deleted = tx.keys().delete_by_account(&id, now, &actor.name(), generation).await?;
            tx.accounts().delete(&id, now).await?;
            keys += deleted;
            let event = Event {
                at: now,
                // Where those who did it can read of it: in the account above.
                account_id: account.parent_id.as_deref().unwrap_or(&id),
                actor,
                action: "account.close",
                key_id: None,
                details: json!({ "account": id, "name": account.name, "keys": deleted }),
            };
            self.chain().append(&mut tx, event).await?;
        }
        let public_ids = tx.keys().list_deleted_at_generation(generation).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(&public_ids);
        committed?;
        self.ledger().append_deleted(&public_ids, now).await.map_err(|_| Error::Unavailable)?;
        Ok(keys)
    }
}
