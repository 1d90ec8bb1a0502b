//! From where secrets that were replaced are still used: kept in memory until it is written, never a write in a caller's
//! way. Only calls with such a secret come here.

use crate::keyhatch::Keyhatch;
use domain::key::PublicId;
use domain::time::Millis;
use domain::views::LastUse;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use store::StoreError;

/// Addresses that are remembered of one secret; those that used it last.
const ADDRESSES: usize = 20;
/// Secrets written in one transaction, so that nobody waits long for a turn.
const AT_ONCE: usize = 25;

/// The uses that are not written yet, of each secret.
#[derive(Default)]
pub(crate) struct OldUses(Mutex<HashMap<PublicId, Vec<OldUse>>>);

#[derive(Clone, Copy, PartialEq, Eq)]
struct OldUse {
    address: Option<IpAddr>,
    at: Millis,
}

impl OldUses {
    /// A replaced secret was used.
    pub fn note(&self, id: &PublicId, address: Option<IpAddr>, at: Millis) {
        let mut noted = self.0.lock();
        let uses = noted.entry(*id).or_default();
        if let Some(known) = uses.iter_mut().find(|known| known.address == address) {
            known.at = known.at.max(at);
            return;
        }
        if uses.len() >= ADDRESSES
            && let Some(oldest) = (0..uses.len()).min_by_key(|place| uses[*place].at)
        {
            uses.swap_remove(oldest);
        }
        uses.push(OldUse { address, at });
    }

    fn of(&self, public_id: &str) -> Vec<OldUse> {
        PublicId::parse(public_id).and_then(|id| self.0.lock().get(&id).cloned()).unwrap_or_default()
    }

    fn all(&self) -> Vec<(PublicId, Vec<OldUse>)> {
        self.0.lock().iter().map(|(id, uses)| (*id, uses.clone())).collect()
    }

    /// Forgets what was written and not used again since.
    fn forget(&self, written: &[(PublicId, Vec<OldUse>)]) {
        let mut noted = self.0.lock();
        for (id, written) in written {
            if let Some(uses) = noted.get_mut(id) {
                uses.retain(|known| !written.contains(known));
                if uses.is_empty() {
                    noted.remove(id);
                }
            }
        }
    }
}

impl Keyhatch {
    /// When a replaced secret was used last, if that is not written yet.
    pub(crate) fn unwritten_old_use(&self, public_id: &str) -> Option<Millis> {
        self.old_uses().of(public_id).into_iter().map(|known| known.at).max()
    }

    /// From where a replaced secret was used, the latest use first.
    pub(crate) async fn uses_of_old_secret(&self, public_id: &str) -> Result<Vec<LastUse>, StoreError> {
        let unwritten = self.old_uses().of(public_id).into_iter().map(|known| (text(known.address), known.at));
        let mut uses: HashMap<String, Millis> = unwritten.collect();
        for row in self.store().key_secrets().list_uses(public_id).await? {
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

    /// Writes what is new. What could not be written stays noted.
    pub(crate) async fn write_old_uses(&self) -> Result<(), StoreError> {
        for lot in self.old_uses().all().chunks(AT_ONCE) {
            let mut tx = self.store().begin().await?;
            for (id, uses) in lot {
                for known in uses {
                    tx.key_secrets().upsert_use(id.as_str(), &text(known.address), known.at).await?;
                }
                tx.key_secrets().delete_older_uses(id.as_str(), i64::try_from(ADDRESSES).unwrap_or(i64::MAX)).await?;
            }
            tx.commit().await?;
            self.old_uses().forget(lot);
        }
        Ok(())
    }
}

fn text(address: Option<IpAddr>) -> String {
    address.map(|address| address.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_that_used_it_last_are_kept() {
        let (uses, id) = (OldUses::default(), PublicId::parse("0123456789").expect("a public id"));
        for last in 0..=20_u8 {
            uses.note(&id, Some(IpAddr::from([203, 0, 113, last])), 100 + Millis::from(last));
        }
        uses.note(&id, Some(IpAddr::from([203, 0, 113, 20])), 90);
        let kept = uses.of(id.as_str());
        assert_eq!(kept.len(), ADDRESSES);
        assert_eq!(kept.iter().map(|known| known.at).min(), Some(101), "the oldest left");
        assert_eq!(kept.iter().map(|known| known.at).max(), Some(120), "no use is taken back");
    }

    #[test]
    fn what_is_used_again_while_it_is_written_stays_noted() {
        let (uses, id) = (OldUses::default(), PublicId::parse("0123456789").expect("a public id"));
        uses.note(&id, None, 1);
        let written = uses.all();
        uses.note(&id, None, 2);
        uses.forget(&written);
        assert_eq!(uses.of(id.as_str()).len(), 1);
        uses.forget(&uses.all());
        assert!(uses.0.lock().is_empty());
    }
}
