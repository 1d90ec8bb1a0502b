//! Following changes that other processes made: each change carries a generation, and every secret changed since the
//! last known generation is evicted.

use crate::gate::Gate;
use domain::key::PublicId;
use store::StoreError;

/// With this many changed secrets, clearing the cache is cheaper than evicting each.
const EVICTED_SINGLY: i64 = 1_000;

impl Gate {
    /// Applies the changes that other processes have committed since the last call.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let began = self.clock.raw_now();
        let known = self.freshness.generation();
        let current = self.store.generation().await?;
        if current > known {
            let changed = self.store.keys().list_changed_after(known, EVICTED_SINGLY).await?;
            if changed.len() >= usize::try_from(EVICTED_SINGLY).unwrap_or(usize::MAX) {
                self.clear();
            } else {
                for id in changed.iter().filter_map(|(id, _)| PublicId::parse(id)) {
                    self.ids.add(&id);
                    self.evict(&id);
                }
            }
        }
        if current < known {
            // The database was replaced by an older copy, so nothing in memory belongs to it.
            self.clear();
        }
        self.freshness.confirm(current, began);
        Ok(())
    }

    fn clear(&self) {
        self.ids.invalidate();
        self.keys.clear();
    }
}
