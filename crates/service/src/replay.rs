//! The replay of the revocation ledger at the start: what it knows and the database does not, as after an old copy was
//! put back, is revoked again; what it lacks, as after a crash before it was written, is added to it.

use crate::access::Actor;
use crate::audit::Event;
use crate::keyhatch::Keyhatch;
use crate::ledger::Revocations;
use domain::time::Millis;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use store::{AuthRow, StoreError, Tx};

impl Keyhatch {
    /// Makes database and ledger agree.
    pub(crate) async fn replay(&self, ledger: Revocations) -> Result<(), StoreError> {
        let deleted: HashSet<String> =
            self.store().key_secrets().list_public_ids_of_deleted_keys().await?.into_iter().collect();
        let retired: HashMap<String, Millis> = self.store().key_secrets().list_retired().await?.into_iter().collect();
        self.delete_again(&ledger, &deleted).await?;
        self.retire_again(&ledger, &deleted, &retired).await?;

        let mut unwritten: Vec<String> = deleted.difference(&ledger.deleted).cloned().collect();
        unwritten.sort();
        let is_unknown = |(id, until): &(&String, &Millis)| {
            !ledger.deleted.contains(*id) && ledger.retired.get(*id).is_none_or(|known| known > *until)
        };
        let mut replaced: Vec<(String, Millis)> =
            retired.iter().filter(is_unknown).map(|(id, until)| (id.clone(), *until)).collect();
        replaced.sort();
        let now = self.now();
        let written = async {
            if !unwritten.is_empty() {
                self.ledger().append_deleted(&unwritten, now).await?;
            }
            if replaced.is_empty() { Ok(()) } else { self.ledger().append_retired(&replaced).await }
        };
        if written.await.is_err() {
            tracing::error!("revocations are missing in the ledger; make room and start again");
        }
        Ok(())
    }

    async fn delete_again(&self, ledger: &Revocations, deleted: &HashSet<String>) -> Result<(), StoreError> {
        let mut revived: Vec<&String> = ledger.deleted.difference(deleted).collect();
        revived.sort();
        if revived.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let mut count = 0;
        for id in revived {
            let Some(key) = self.store().keys().find_for_auth(id).await? else { continue };
            if !tx.keys().delete_by_public_id(id, now, &Actor::Keyhatch.name(), generation).await? {
                continue;
            }
            count += 1;
            let details = json!({ "reason": "the revocation ledger has it" });
            self.note(&mut tx, &key, "key.revoke-again", details, now).await?;
        }
        if count > 0 {
            tx.commit().await?;
            tracing::warn!(count, "keys of an older database were revoked again, as the ledger says");
        }
        Ok(())
    }

    /// Ends replaced secrets only: their keys live on.
    async fn retire_again(
        &self,
        ledger: &Revocations,
        deleted: &HashSet<String>,
        retired: &HashMap<String, Millis>,
    ) -> Result<(), StoreError> {
        let mut revived = Vec::new();
        for (id, until) in &ledger.retired {
            if deleted.contains(id) || retired.get(id).is_some_and(|known| known <= until) {
                continue;
            }
            if let Some(key) = self.store().keys().find_for_auth(id).await?
                && key.retires_at.is_none_or(|known| known > *until)
            {
                revived.push((id, *until, key));
            }
        }
        if revived.is_empty() {
            return Ok(());
        }
        revived.sort_by_key(|(id, ..)| *id);
        let now = self.now();
        let mut tx = self.store().begin().await?;
        let generation = tx.next_generation().await?;
        let mut count = 0;
        for (id, until, key) in &revived {
            if tx.key_secrets().revoke(id, *until, generation).await?.is_some() {
                count += 1;
                let details = json!({ "until": until, "reason": "the revocation ledger has it" });
                self.note(&mut tx, key, "key.retire-again", details, now).await?;
            }
        }
        tx.commit().await?;
        tracing::warn!(count, "replaced secrets of an older database were ended again, as the ledger says");
        Ok(())
    }

    async fn note(
        &self,
        tx: &mut Tx,
        key: &AuthRow,
        action: &'static str,
        details: Value,
        at: Millis,
    ) -> Result<(), StoreError> {
        let key_id = Some(key.key_id.as_str());
        let event = Event { at, account_id: &key.account_id, actor: &Actor::Keyhatch, action, key_id, details };
        self.chain().append(tx, event).await
    }
}
