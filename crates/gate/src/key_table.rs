//! The cached keys together with what must survive their eviction: last uses that are not written yet.

use crate::cache::{KeyCache, Ticket};
use crate::cached_key::CachedKey;
use crate::interner::Interner;
use crate::last_uses::LastUses;
use domain::key::PublicId;
use domain::views::LastUse;
use store::{Store, StoreError};

/// Cached keys; `gate_mib_per_million_keys` of `make bench` is the memory that a million of them take.
const CAPACITY: usize = 2_000_000;

/// Every key that the gate holds in memory.
pub(crate) struct KeyTable {
    cache: KeyCache<CachedKey>,
    pub(crate) interner: Interner,
    evicted_uses: LastUses,
}

impl Default for KeyTable {
    fn default() -> Self {
        Self { cache: KeyCache::new(CAPACITY), interner: Interner::default(), evicted_uses: LastUses::default() }
    }
}

impl KeyTable {
    pub(crate) fn get(&self, id: &PublicId) -> Option<CachedKey> {
        self.cache.get(id)
    }

    /// See [`KeyCache::ticket`].
    pub(crate) fn ticket(&self, id: &PublicId) -> Ticket {
        self.cache.ticket(id)
    }

    /// See [`KeyCache::insert`].
    pub(crate) fn insert(&self, key: CachedKey, ticket: Ticket) {
        if let Some(evicted) = self.cache.insert(key, ticket) {
            self.evicted_uses.keep(&evicted);
        }
    }

    pub(crate) fn evict(&self, id: &PublicId) {
        if let Some(evicted) = self.cache.evict(id) {
            self.evicted_uses.keep(&evicted);
        }
    }

    pub(crate) fn clear(&self) {
        self.cache.clear(|evicted| self.evicted_uses.keep(evicted));
    }

    pub(crate) fn unwritten_use(&self, public_id: &str, key_id: &str) -> Option<LastUse> {
        let cached = PublicId::parse(public_id).and_then(|id| self.get(&id));
        self.evicted_uses.unwritten(key_id, cached.as_ref())
    }

    /// Writes the last uses that are not written yet; with pauses if other work should go first. A use that could not
    /// be written stays unwritten.
    pub(crate) async fn write_uses(&self, store: &Store, with_pauses: bool) -> Result<(), StoreError> {
        self.evicted_uses.write(store, with_pauses).await?;
        for shard in 0..KeyCache::<CachedKey>::SHARDS {
            let used = self.cache.select(shard, |key| Some((key.clone(), key.last_use().unwritten()?)));
            crate::last_uses::write_cached(store, used, with_pauses).await?;
        }
        Ok(())
    }
}
