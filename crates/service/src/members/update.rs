//! Updating a member's role.

use super::Members;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use domain::member::Role;
use serde_json::json;
use store::{MemberRow, Tx};

impl Members {
    /// Updates a member's role, which applies from their next request on.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign member, [`Error::Forbidden`] for a role that the actor may not assign or take away,
    /// [`Error::LastOwner`].
    pub async fn update_role(&self, actor: &Actor, account_id: &str, id: &str, role: Role) -> Result<(), Error> {
        actor.may_manage_members(account_id, role)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_role(&actor, &account_id, &id, role).await }).await
    }

    async fn write_role(&self, actor: &Actor, account_id: &str, id: &str, role: Role) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let (member, before) = find_managed(&mut tx, actor, account_id, id).await?;
        if before == role {
            return Ok(());
        }
        if before == Role::Owner {
            check_not_last_owner(&mut tx, account_id).await?;
        }
        tx.members().update_role(id, role.as_str()).await?;
        let event = AuditEvent {
            at: self.context.now(),
            account_id,
            actor,
            action: "member.update",
            key_id: None,
            details: json!({ "email": member.email, "role": [before.as_str(), role.as_str()] }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}

/// The member, if the actor may manage them; unchanged until the end of the transaction. The actor's own role is read
/// again, because it may have been updated while this transaction waited.
pub(super) async fn find_managed(
    tx: &mut Tx,
    actor: &Actor,
    account_id: &str,
    id: &str,
) -> Result<(MemberRow, Role), Error> {
    let member =
        tx.members().find(id).await?.filter(|member| member.account_id == account_id).ok_or(Error::NotFound)?;
    let role = Role::parse(&member.role).ok_or(Error::Internal)?;
    actor.may_manage_members(account_id, role)?;
    if let Actor::Member(viewer) = actor {
        let own = tx.members().find(&viewer.member_id).await?.ok_or(Error::Unauthenticated)?;
        if Role::parse(&own.role) != Some(viewer.role) {
            return Err(Error::Forbidden);
        }
    }
    Ok((member, role))
}

/// [`Error::LastOwner`] if the account has one owner only: without an owner no member could manage it.
pub(super) async fn check_not_last_owner(tx: &mut Tx, account_id: &str) -> Result<(), Error> {
    if tx.members().count_by_role(account_id, Role::Owner.as_str()).await? > 1 { Ok(()) } else { Err(Error::LastOwner) }
}
