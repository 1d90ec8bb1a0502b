//! Uses of retired secrets, by address: kept in memory and written in batches, so that no call waits for a write. Only
//! calls with a retired secret are recorded here.

use domain::key::PublicId;
use domain::time::Millis;
use domain::views::LastUse;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use store::{Store, StoreError};

/// Addresses kept for each secret: the most recent ones.
const ADDRESSES: usize = 20;
/// Secrets in one transaction; a small number keeps other writers' waits short.
const BATCH: usize = 25;

/// The uses of each retired secret that are not written yet.
#[derive(Default)]
pub(crate) struct RetiredSecretUses(Mutex<HashMap<PublicId, Vec<AddressUse>>>);

#[derive(Clone, Copy, PartialEq, Eq)]
struct AddressUse {
    address: Option<IpAddr>,
    at: Millis,
}

impl RetiredSecretUses {
    /// Records a use of a retired secret.
    pub(crate) fn record(&self, id: &PublicId, address: Option<IpAddr>, at: Millis) {
        let mut secrets = self.0.lock();
        let uses = secrets.entry(*id).or_default();
        if let Some(known) = uses.iter_mut().find(|known| known.address == address) {
            known.at = known.at.max(at);
            return;
        }
        if uses.len() >= ADDRESSES
            && let Some(oldest) = (0..uses.len()).min_by_key(|index| uses[*index].at)
        {
            uses.swap_remove(oldest);
        }
        uses.push(AddressUse { address, at });
    }

    /// When the secret was last used, if that is not written yet.
    pub(crate) fn unwritten(&self, public_id: &str) -> Option<Millis> {
        self.uses_of(public_id).into_iter().map(|known| known.at).max()
    }

    /// The addresses that used the secret, written or not, the latest use first.
    pub(crate) async fn list(&self, store: &Store, public_id: &str) -> Result<Vec<LastUse>, StoreError> {
        let unwritten = self.uses_of(public_id).into_iter().map(|known| (to_stored(known.address), known.at));
        let mut uses: HashMap<String, Millis> = unwritten.collect();
        for row in store.key_secrets().list_uses(public_id).await? {
            let at = uses.entry(row.address).or_insert(row.at);
            *at = row.at.max(*at);
        }
        let mut uses: Vec<LastUse> = uses
            .into_iter()
            .map(|(address, at)| LastUse { at, address: Some(address).filter(|address| !address.is_empty()) })
            .collect();
        uses.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.address.cmp(&other.address)));
        uses.truncate(ADDRESSES);
        Ok(uses)
    }

    /// Writes the unwritten uses. A use that could not be written stays unwritten.
    pub(crate) async fn write(&self, store: &Store) -> Result<(), StoreError> {
        for batch in self.snapshot().chunks(BATCH) {
            let mut tx = store.begin().await?;
            for (id, uses) in batch {
                for known in uses {
                    tx.key_secrets().upsert_use(id.as_str(), &to_stored(known.address), known.at).await?;
                }
                tx.key_secrets().delete_older_uses(id.as_str(), i64::try_from(ADDRESSES).unwrap_or(i64::MAX)).await?;
            }
            tx.commit().await?;
            self.drop_written(batch);
        }
        Ok(())
    }

    fn uses_of(&self, public_id: &str) -> Vec<AddressUse> {
        PublicId::parse(public_id).and_then(|id| self.0.lock().get(&id).cloned()).unwrap_or_default()
    }

    fn snapshot(&self) -> Vec<(PublicId, Vec<AddressUse>)> {
        self.0.lock().iter().map(|(id, uses)| (*id, uses.clone())).collect()
    }

    /// Drops what was written and has not been used again since.
    fn drop_written(&self, written: &[(PublicId, Vec<AddressUse>)]) {
        let mut secrets = self.0.lock();
        for (id, written) in written {
            if let Some(uses) = secrets.get_mut(id) {
                uses.retain(|known| !written.contains(known));
                if uses.is_empty() {
                    secrets.remove(id);
                }
            }
        }
    }
}

/// The address as text; empty if it is unknown.
fn to_stored(address: Option<IpAddr>) -> String {
    address.map(|address| address.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_recent_addresses_are_kept() {
        let (uses, id) = (RetiredSecretUses::default(), PublicId::parse("0123456789").expect("a public id"));
        for last in 0..=20_u8 {
            uses.record(&id, Some(IpAddr::from([203, 0, 113, last])), 100 + Millis::from(last));
        }
        uses.record(&id, Some(IpAddr::from([203, 0, 113, 20])), 90);
        let kept = uses.uses_of(id.as_str());
        assert_eq!(kept.len(), ADDRESSES);
        assert_eq!(kept.iter().map(|known| known.at).min(), Some(101), "the oldest left");
        assert_eq!(kept.iter().map(|known| known.at).max(), Some(120), "no use is taken back");
    }

    #[test]
    fn use_during_a_write_stays_unwritten() {
        let (uses, id) = (RetiredSecretUses::default(), PublicId::parse("0123456789").expect("a public id"));
        uses.record(&id, None, 1);
        let written = uses.snapshot();
        uses.record(&id, None, 2);
        uses.drop_written(&written);
        assert_eq!(uses.uses_of(id.as_str()).len(), 1);
        uses.drop_written(&uses.snapshot());
        assert!(uses.0.lock().is_empty());
    }
}
