//! Deleting a member. The keys that the member created stay with the account, and still name their creator.

use super::Members;
use super::update::{check_not_last_owner, find_managed};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use domain::member::Role;
use serde_json::json;

impl Members {
    /// Deletes a member; once this returns, none of their sessions is valid.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign member, [`Error::Forbidden`], [`Error::LastOwner`].
    pub async fn delete(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_see_members(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_deleted(&actor, &account_id, &id).await }).await
    }

    async fn write_deleted(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let (member, role) = find_managed(&mut tx, actor, account_id, id).await?;
        if role == Role::Owner {
            check_not_last_owner(&mut tx, account_id).await?;
        }
        tx.members().delete(id).await?;
        let event = AuditEvent {
            at: self.context.now(),
            account_id,
            actor,
            action: "member.delete",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
