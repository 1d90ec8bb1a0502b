//! Last uses of keys: kept in memory with the cached key and written in batches, so that no call waits for a write.

use crate::cached_key::CachedKey;
use crate::last_use_cell::KeyUse;
use domain::views::LastUse;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::Duration;
use store::{Store, StoreError};

/// How often unwritten uses are written.
pub(crate) const INTERVAL: Duration = Duration::from_secs(20);
/// Rows in one transaction; a small number keeps other writers' waits short.
const BATCH: usize = 500;
/// The pause after each batch, as a multiple of the time that the batch took: with a million keys in use, writing must
/// not slow down calls.
const PAUSE_FACTOR: u32 = 19;

/// Unwritten last uses of keys that were evicted from the cache, by key id.
#[derive(Default)]
pub(crate) struct LastUses(Mutex<HashMap<Box<str>, KeyUse>>);

impl LastUses {
    /// Keeps the unwritten use of an evicted key; to be called for every eviction.
    pub(crate) fn keep(&self, evicted: &CachedKey) {
        if let Some(last) = evicted.last_use().unwritten() {
            let mut uses = self.0.lock();
            let kept = uses.entry(evicted.id().into()).or_insert(last);
            // Two secrets of one key may be evicted in either order.
            if kept.at < last.at {
                *kept = last;
            }
        }
    }

    /// The latest unwritten use of a key, evicted or still cached.
    pub(crate) fn unwritten(&self, key_id: &str, cached: Option<&CachedKey>) -> Option<LastUse> {
        let cached = cached.and_then(|key| key.last_use().unwritten());
        let kept = self.0.lock().get(key_id).copied();
        let last = cached.into_iter().chain(kept).max_by_key(|last| last.at)?;
        Some(LastUse { at: last.at, address: last.address.map(|address| address.to_string()) })
    }

    /// Writes the kept uses and drops those that were written.
    pub(crate) async fn write(&self, store: &Store, with_pauses: bool) -> Result<(), StoreError> {
        let kept: Vec<(Box<str>, KeyUse)> = self.0.lock().iter().map(|(id, last)| (id.clone(), *last)).collect();
        for batch in kept.chunks(BATCH) {
            write_batch(store, batch.iter().map(|(id, last)| (&**id, *last)), with_pauses).await?;
            let mut uses = self.0.lock();
            for (id, written) in batch {
                if uses.get(id) == Some(written) {
                    uses.remove(id);
                }
            }
        }
        Ok(())
    }
}

/// Writes last uses of cached keys and marks them as written.
pub(crate) async fn write_cached(
    store: &Store,
    used: Vec<(CachedKey, KeyUse)>,
    with_pauses: bool,
) -> Result<(), StoreError> {
    for batch in used.chunks(BATCH) {
        write_batch(store, batch.iter().map(|(key, last)| (key.id(), *last)), with_pauses).await?;
        for (key, written) in batch {
            key.last_use().mark_written(*written);
        }
    }
    Ok(())
}

async fn write_batch<'a>(
    store: &Store,
    batch: impl Iterator<Item = (&'a str, KeyUse)>,
    with_pauses: bool,
) -> Result<(), StoreError> {
    let began = tokio::time::Instant::now();
    let mut tx = store.begin().await?;
    for (id, KeyUse { at, address, .. }) in batch {
        let address = address.map(|address| address.to_string());
        tx.last_uses().upsert(id, at, address.as_deref()).await?;
    }
    tx.commit().await?;
    if with_pauses {
        tokio::time::sleep(began.elapsed() * PAUSE_FACTOR).await;
    }
    Ok(())
}
