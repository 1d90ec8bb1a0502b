//! Deleting a key, for good.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use serde_json::json;

impl Keyhatch {
    /// Deletes a key. When this returns, no call is let in with it any more, on a restored old backup neither.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key. [`Error::Unavailable`] if the revocation ledger could not
    /// be written: the key is refused already, and the next start completes the ledger.
    pub async fn delete_key(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_manage_keys(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.delete(&actor, &account_id, &id).await }).await
    }

    async fn delete(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let key = tx.find_key(account_id, id).await?.ok_or(Error::NotFound)?;
        let public_ids = tx.delete_key(account_id, id, now, generation).await?.ok_or(Error::NotFound)?;
        let event = Event {
            at: now,
            account_id,
            actor,
            action: "key.delete",
            key_id: Some(id),
            details: json!({ "name": key.name }),
        };
        self.chain().append(&mut tx, event).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(&public_ids);
        committed?;
        self.ledger().append(&public_ids, now).await.map_err(|_| Error::Unavailable)
    }
}
