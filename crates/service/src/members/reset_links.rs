//! One-time links for a new password that an owner or the operator hands over. Links by mail, and using a link, are in
//! `identity`.

use super::Members;
use super::update::find_managed;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use crate::password_reset::{self, NewPasswordReset};
use serde_json::json;

impl Members {
    /// Creates a link with which a member chooses a new password. The member's earlier links stop working; nothing else
    /// changes until the link is used.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign member, [`Error::Forbidden`] for every role but owner: whoever opens the link can
    /// sign in as the member, unless two-factor codes protect them.
    pub async fn create_reset_link(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
    ) -> Result<NewPasswordReset, Error> {
        actor.may_reset_passwords(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_reset_link(&actor, &account_id, &id).await }).await
    }

    async fn write_reset_link(&self, actor: &Actor, account_id: &str, id: &str) -> Result<NewPasswordReset, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let (member, _) = find_managed(&mut tx, actor, account_id, id).await?;
        tx.password_resets().delete_by_member(id).await?;
        let created = password_reset::create(&self.context, &mut tx, &member).await?;
        let event = AuditEvent {
            at: self.context.now(),
            account_id,
            actor,
            action: "password.create_reset_link",
            key_id: None,
            details: json!({ "email": member.email }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(created)
    }
}
