//! Changing what a member may do.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::member::Role;
use serde_json::json;
use store::{MemberRow, Tx};

impl Keyhatch {
    /// Gives a member another role; their very next request is judged by it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign member, [`Error::Forbidden`] for a role that the actor may not give or take,
    /// [`Error::LastOwner`].
    pub async fn change_role(&self, actor: &Actor, account_id: &str, id: &str, role: Role) -> Result<(), Error> {
        actor.may_manage_members(account_id, role)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.set_role(&actor, &account_id, &id, role).await }).await
    }

    async fn set_role(&self, actor: &Actor, account_id: &str, id: &str, role: Role) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let (member, before) = managed(&mut tx, actor, account_id, id).await?;
        if before == role {
            return Ok(());
        }
        if before == Role::Owner {
            not_the_last_owner(&mut tx, account_id).await?;
        }
        tx.members().update_role(id, role.as_str()).await?;
        let event = Event {
            at: self.now(),
            account_id,
            actor,
            action: "member.role",
            key_id: None,
            details: json!({ "email": member.email, "role": [before.as_str(), role.as_str()] }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}

/// The member as they are until the end of this transaction, if the actor may manage them. The actor's own role is read
/// again: somebody may have changed it while the actor waited for this turn.
pub(super) async fn managed(
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

/// An account without an owner could not be managed by anybody in it.
pub(super) async fn not_the_last_owner(tx: &mut Tx, account_id: &str) -> Result<(), Error> {
    if tx.members().count_by_role(account_id, Role::Owner.as_str()).await? > 1 { Ok(()) } else { Err(Error::LastOwner) }
}
