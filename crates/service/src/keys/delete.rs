//! Deleting keys, for good. One key or many, in one transaction.

use super::check_count;
use crate::access::Actor;
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::lifecycle::parse_delete_reason;
use serde_json::json;
use store::KeyStamp;

impl Keyhatch {
    /// Deletes a key. When this returns, no call is let in with it any more, on a restored old backup neither. `reason`
    /// as typed; empty for none.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the reason. [`Error::Unavailable`] if
    /// the revocation ledger could not be written: the key is refused already, and the next start completes the ledger.
    pub async fn delete_key(&self, actor: &Actor, account_id: &str, id: &str, reason: &str) -> Result<(), Error> {
        let deleted = self.delete_keys(actor, account_id, &[id.to_owned()], reason).await?;
        if deleted.is_empty() { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Deletes many keys together and answers which. What is deleted already or foreign is left out.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many and for the reason; [`Error::Unavailable`] as for one.
    pub async fn delete_keys(
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
        self.finish(async move { this.delete(&actor, &account_id, &ids, reason.as_deref()).await }).await
    }

    async fn delete(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        reason: Option<&str>,
    ) -> Result<Vec<String>, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
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
            let event = Event { at: now, account_id, actor, action: "key.delete", key_id: Some(id), details };
            self.chain().append(&mut tx, event).await?;
            public_ids.extend(secrets);
            done.push(id.clone());
        }
        if done.is_empty() {
            return Ok(done);
        }
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(&public_ids);
        committed?;
        self.ledger().append_deleted(&public_ids, now).await.map_err(|_| Error::Unavailable)?;
        Ok(done)
    }
}
