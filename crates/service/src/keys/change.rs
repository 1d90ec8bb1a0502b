//! Changing a key's name, whitelist, privileges, limits and expiry. Its secret and its environment stay.

use super::changed;
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::form::{CheckContext, KeyDraft, KeyForm};
use domain::privilege::Privileges;
use domain::views::KeyView;
use serde_json::json;
use store::KeyUpdate;

impl Keyhatch {
    /// Changes a key. When this returns, no call is decided by the old rules any more. `revision` is that of the key
    /// when its form was opened; without one, whatever is stored is replaced.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the fields, [`Error::Stale`] if the key
    /// has another revision by now.
    pub async fn change_key(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &KeyForm,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let before = self.store().keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&before.environment)?;
        let moment = CheckContext { now: self.now(), expires_at: before.expires_at };
        let draft =
            form.check_update(self.policy(), self.catalogue(), moment, &before.privileges).map_err(Error::Invalid)?;
        let had = Privileges::from_stored(&before.privileges).ok();
        actor.may_give(&draft.privileges, had.as_ref())?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.change(&actor, &account_id, &id, draft, revision).await }).await
    }

    async fn change(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        draft: KeyDraft,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        if revision.is_some_and(|revision| revision != before.generation) {
            return Err(Error::Stale { by: before.updated_by, at: before.updated_at });
        }
        let change = KeyUpdate {
            account_id,
            id,
            name: draft.name.as_str(),
            whitelist: &draft.whitelist.to_stored(),
            privileges: &draft.privileges.to_stored(),
            limits: &draft.limits.to_stored(),
            expires_at: draft.expires_at,
            updated_at: now,
            updated_by: &actor.name(),
            generation,
        };
        if !tx.keys().update(&change).await? {
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
        let (after, public_ids) = changed(&mut tx, account_id, id).await?;
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        self.forget_secrets(&public_ids);
        committed?;
        Ok(self.view(after))
    }
}
