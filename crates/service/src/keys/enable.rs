//! Disabling keys, which refuses their calls at once, and enabling them again. One key or many, in one transaction.

use super::{changed, check_count};
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::views::KeyView;
use serde_json::json;
use store::KeyStamp;

impl Keyhatch {
    /// Disables or enables a key; nothing happens if it is so already. When this returns, no call is decided by what was
    /// before.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn set_key_enabled(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        enabled: bool,
    ) -> Result<KeyView, Error> {
        self.enable_key(actor, account_id, id, enabled).await?;
        self.find_key(actor, account_id, id).await
    }

    /// The same for whoever may manage keys and not see them.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn enable_key(&self, actor: &Actor, account_id: &str, id: &str, enabled: bool) -> Result<(), Error> {
        actor.may_manage_keys(account_id)?;
        let key = self.store().keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&key.environment)?;
        self.set_keys_enabled(actor, account_id, &[id.to_owned()], enabled).await.map(drop)
    }

    /// Disables or enables many keys together and answers which were the other before. What is deleted or foreign is
    /// left out.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too many.
    pub async fn set_keys_enabled(
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
        self.finish(async move { this.enable(&actor, &account_id, &ids, enabled).await }).await
    }

    async fn enable(
        &self,
        actor: &Actor,
        account_id: &str,
        ids: &[String],
        enabled: bool,
    ) -> Result<Vec<String>, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let (mut done, mut public_ids) = (Vec::new(), Vec::new());
        for id in ids {
            let touch = KeyStamp { account_id, id, updated_at: now, updated_by: &actor.name(), generation };
            if !tx.keys().update_enabled(&touch, enabled).await? {
                continue;
            }
            let (key, secrets) = changed(&mut tx, account_id, id).await?;
            let event = Event {
                at: now,
                account_id,
                actor,
                action: if enabled { "key.enable" } else { "key.disable" },
                key_id: Some(id),
                details: json!({ "name": key.name }),
            };
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
        Ok(done)
    }
}
