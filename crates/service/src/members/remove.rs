//! Removing a member. Keys that they made stay with the account and go on saying who made them.

use super::role::{managed, not_the_last_owner};
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::member::Role;
use serde_json::json;

impl Keyhatch {
    /// Removes a member; when this returns, none of their sessions is worth anything.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign member, [`Error::Forbidden`], [`Error::LastOwner`].
    pub async fn remove_member(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_see_members(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.remove(&actor, &account_id, &id).await }).await
    }

    async fn remove(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let (member, role) = managed(&mut tx, actor, account_id, id).await?;
        if role == Role::Owner {
            not_the_last_owner(&mut tx, account_id).await?;
        }
        tx.members().delete(id).await?;
        let event = Event {
            at: self.now(),
            account_id,
            actor,
            action: "member.remove",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
