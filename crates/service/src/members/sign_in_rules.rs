//! The sign-in rules of an account.

use super::Members;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use serde_json::json;

impl Members {
    /// Requires two-factor codes of every member, or stops requiring them. From the next request on, a member without them
    /// can do nothing but set them up.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for every role but owner.
    pub async fn require_two_factor(&self, actor: &Actor, account_id: &str, required: bool) -> Result<(), Error> {
        actor.may_set_sign_in_rules(account_id)?;
        let (this, actor, account_id) = (self.clone(), actor.clone(), account_id.to_owned());
        run_detached(async move { this.write_required(&actor, &account_id, required).await }).await
    }

    async fn write_required(&self, actor: &Actor, account_id: &str, required: bool) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let before = tx.accounts().requires_two_factor(account_id).await?.ok_or(Error::NotFound)?;
        if before == required {
            return Ok(());
        }
        tx.accounts().update_requires_two_factor(account_id, required).await?;
        let event = AuditEvent {
            at: self.context.now(),
            account_id,
            actor,
            action: "account.require_two_factor",
            key_id: None,
            details: json!({ "required": [before, required] }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
