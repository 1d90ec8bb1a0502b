//! Changing a key's name, whitelist, privileges, limits and expiry. Its secret and its environment stay.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::form::{KeyDraft, KeyForm, Moment};
use domain::listing::KeyView;
use domain::privilege::Privileges;
use serde_json::json;
use store::KeyChange;

impl Keyhatch {
    /// Changes a key. When this returns, no call is decided by the old rules any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the fields.
    pub async fn change_key(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &KeyForm,
    ) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let before = self.store().find_key(account_id, id).await?.ok_or(Error::NotFound)?;
        let moment = Moment { now: self.now(), expires_at: before.expires_at };
        let draft =
            form.check_change(self.policy(), self.catalogue(), moment, &before.privileges).map_err(Error::Invalid)?;
        let had = Privileges::from_stored(&before.privileges).ok();
        actor.may_give(&draft.privileges, had.as_ref())?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.change(&actor, &account_id, &id, draft).await }).await
    }

    async fn change(&self, actor: &Actor, account_id: &str, id: &str, draft: KeyDraft) -> Result<KeyView, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.find_key(account_id, id).await?.ok_or(Error::NotFound)?;
        let (whitelist, privileges) = (draft.whitelist.to_stored(), draft.privileges.to_stored());
        let (limits, expires_at) = (draft.limits.to_stored(), draft.expires_at);
        let change = KeyChange {
            account_id,
            id,
            name: draft.name.as_str(),
            whitelist: &whitelist,
            privileges: &privileges,
            limits: &limits,
            expires_at,
            updated_at: now,
            generation,
        };
        if !tx.update_key(&change).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            at: now,
            account_id,
            actor,
            action: "key.change",
            key_id: Some(id),
            details: json!({
                "name": [before.name, change.name],
                "whitelist": [before.whitelist, change.whitelist],
                "privileges": [before.privileges, change.privileges],
                "limits": [before.limits, change.limits],
                "expires_at": [before.expires_at, change.expires_at],
            }),
        };
        self.chain().append(&mut tx, event).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(std::slice::from_ref(&before.public_id));
        committed?;
        let name = draft.name.as_str().to_owned();
        Ok(self.view(store::KeyRow { name, whitelist, privileges, limits, expires_at, updated_at: now, ..before }))
    }
}
