//! Reconciling database and revocation ledger at the start. What the ledger has and the database lacks, as after
//! restoring an old backup, is revoked again. What the ledger lacks, as after a crash before it was written, is appended
//! to it.

use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::context::Context;
use crate::ledger::{Ledger, Revocations};
use domain::time::Millis;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use store::{AuthRow, StoreError};

/// The revocations that the database has.
struct Stored {
    deleted: HashSet<String>,
    retired: HashMap<String, Millis>,
}

/// Makes database and ledger agree.
pub(crate) async fn reconcile(context: &Context, ledger: &Ledger, recorded: Revocations) -> Result<(), StoreError> {
    let stored = Stored {
        deleted: context.store.key_secrets().list_public_ids_of_deleted_keys().await?.into_iter().collect(),
        retired: context.store.key_secrets().list_retired().await?.into_iter().collect(),
    };
    delete_again(context, &recorded, &stored).await?;
    retire_again(context, &recorded, &stored).await?;
    complete_ledger(context, ledger, &recorded, &stored).await;
    Ok(())
}

async fn delete_again(context: &Context, recorded: &Revocations, stored: &Stored) -> Result<(), StoreError> {
    let mut revived: Vec<&String> = recorded.deleted.difference(&stored.deleted).collect();
    revived.sort();
    if revived.is_empty() {
        return Ok(());
    }
    let now = context.now();
    let mut tx = context.store.begin().await?;
    let generation = tx.next_generation().await?;
    let mut count = 0;
    for id in revived {
        let Some(key) = context.store.keys().find_for_auth(id).await? else { continue };
        if !tx.keys().delete_by_public_id(id, now, &Actor::Keyhatch.name(), generation).await? {
            continue;
        }
        count += 1;
        let details = json!({ "reason": "the revocation ledger has it" });
        context.audit.append(&mut tx, event(&key, "key.delete_again", details, now)).await?;
    }
    if count > 0 {
        tx.commit().await?;
        tracing::warn!(count, "keys of an older database were revoked again, as the ledger says");
    }
    Ok(())
}

/// Ends replaced secrets only; their keys stay.
async fn retire_again(context: &Context, recorded: &Revocations, stored: &Stored) -> Result<(), StoreError> {
    let mut revived = Vec::new();
    for (id, until) in &recorded.retired {
        if stored.deleted.contains(id) || stored.retired.get(id).is_some_and(|known| known <= until) {
            continue;
        }
        if let Some(key) = context.store.keys().find_for_auth(id).await?
            && key.retires_at.is_none_or(|known| known > *until)
        {
            revived.push((id, *until, key));
        }
    }
    if revived.is_empty() {
        return Ok(());
    }
    revived.sort_by_key(|(id, ..)| *id);
    let now = context.now();
    let mut tx = context.store.begin().await?;
    let generation = tx.next_generation().await?;
    let mut count = 0;
    for (id, until, key) in &revived {
        if tx.key_secrets().revoke(id, *until, generation).await?.is_some() {
            count += 1;
            let details = json!({ "until": until, "reason": "the revocation ledger has it" });
            context.audit.append(&mut tx, event(key, "key.retire_again", details, now)).await?;
        }
    }
    tx.commit().await?;
    tracing::warn!(count, "replaced secrets of an older database were ended again, as the ledger says");
    Ok(())
}

/// Appends what the database has and the ledger lacks. A failure is logged only: the database still has it.
async fn complete_ledger(context: &Context, ledger: &Ledger, recorded: &Revocations, stored: &Stored) {
    let mut deleted: Vec<String> = stored.deleted.difference(&recorded.deleted).cloned().collect();
    deleted.sort();
    let is_missing = |(id, until): &(&String, &Millis)| {
        !recorded.deleted.contains(*id) && recorded.retired.get(*id).is_none_or(|known| known > *until)
    };
    let mut retired: Vec<(String, Millis)> =
        stored.retired.iter().filter(is_missing).map(|(id, until)| (id.clone(), *until)).collect();
    retired.sort();
    let written = async {
        if !deleted.is_empty() {
            ledger.append_deleted(&deleted, context.now()).await?;
        }
        if retired.is_empty() { Ok(()) } else { ledger.append_retired(&retired).await }
    };
    if written.await.is_err() {
        tracing::error!("revocations are missing in the ledger; make room and start again");
    }
}

fn event<'a>(key: &'a AuthRow, action: &'static str, details: Value, at: Millis) -> AuditEvent<'a> {
    AuditEvent {
        at,
        account_id: &key.account_id,
        actor: &Actor::Keyhatch,
        action,
        key_id: Some(key.key_id.as_str()),
        details,
    }
}
