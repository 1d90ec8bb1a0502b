//! Updating a key's name, whitelist, privileges, limits and expiry. Its secret and its environment stay.

use super::view::to_view;
use super::{Keys, find_changed};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::context::Context;
use crate::detached::{commit_and_evict, run_detached};
use crate::error::Error;
use domain::form::{CheckContext, KeyDraft, KeyForm};
use domain::privilege::Privileges;
use domain::views::KeyView;
use serde_json::json;
use store::{KeyRow, KeyUpdate, Tx};

impl Keys {
    /// Updates a key. Once this returns, no call is decided by the old rules. `revision` is the key's revision when its
    /// form was opened (optimistic locking); without one the stored values are overwritten.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key, [`Error::Invalid`] for the fields, [`Error::EditConflict`] if
    /// the key has another revision by now.
    pub async fn update(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        form: &KeyForm,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let before = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        actor.may_manage_in(&before.environment)?;
        let moment = CheckContext { now: self.context.now(), expires_at: before.expires_at };
        let draft = form
            .check_update(&self.context.policy, &self.context.catalogue, moment, &before.privileges)
            .map_err(Error::Invalid)?;
        let had = Privileges::from_stored(&before.privileges).ok();
        actor.may_give(&draft.privileges, had.as_ref())?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_update(&actor, &account_id, &id, draft, revision).await }).await
    }

    async fn write_update(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        draft: KeyDraft,
        revision: Option<i64>,
    ) -> Result<KeyView, Error> {
        let now = self.context.now();
        let (tx, generation, before) = begin_update(&self.context, account_id, id, revision).await?;
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
        self.finish_update(tx, actor, &before, &change).await
    }

    /// Writes, records, commits and evicts.
    pub(super) async fn finish_update(
        &self,
        mut tx: Tx,
        actor: &Actor,
        before: &KeyRow,
        change: &KeyUpdate<'_>,
    ) -> Result<KeyView, Error> {
        if !tx.keys().update(change).await? {
            return Err(Error::NotFound);
        }
        self.context.audit.append(&mut tx, update_event(actor, before, change)).await?;
        let (after, public_ids) = find_changed(&mut tx, change.account_id, change.id).await?;
        commit_and_evict(tx, &self.gate, &public_ids).await?;
        Ok(to_view(&self.context, &self.gate, after))
    }
}

/// A transaction with its generation, and the key as it is now.
pub(super) async fn begin_update(
    context: &Context,
    account_id: &str,
    id: &str,
    revision: Option<i64>,
) -> Result<(Tx, i64, KeyRow), Error> {
    let mut tx = context.store.begin().await?;
    let generation = tx.next_generation().await?;
    let before = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
    if revision.is_some_and(|revision| revision != before.generation) {
        return Err(Error::EditConflict { by: before.updated_by, at: before.updated_at });
    }
    Ok((tx, generation, before))
}

/// Each field as a pair of its old and its new value.
fn update_event<'a>(actor: &'a Actor, before: &KeyRow, change: &KeyUpdate<'a>) -> AuditEvent<'a> {
    AuditEvent {
        at: change.updated_at,
        account_id: change.account_id,
        actor,
        action: "key.update",
        key_id: Some(change.id),
        details: json!({
            "name": [before.name, change.name],
            "whitelist": [before.whitelist, change.whitelist],
            "privileges": [before.privileges, change.privileges],
            "limits": [before.limits, change.limits],
            "expires_at": [before.expires_at, change.expires_at],
        }),
    }
}
