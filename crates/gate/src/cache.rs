//! The key cache: recently used keys by public id, and the rule that keeps a deleted key out: a value that was read
//! before a change is never inserted after it.
//!
//! A reader takes a ticket before it reads the database. A change, once committed, increments the counter of its shard
//! and removes the entry, both under the shard's lock. The reader's insert takes the same lock and is rejected if the
//! counter differs from the ticket.
//!
//! The table holds pointers only, and a value knows its own key. With a million keys the table then stays in the
//! processor's caches, and a lookup waits for main memory once. Random eviction is good enough for a table that is meant
//! to hold every key in use.

#[cfg(test)]
mod model;

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::hash::{BuildHasher, Hash};
use std::ops::{Deref, DerefMut};

/// A value that knows the key by which it is found.
pub(crate) trait Keyed {
    type Key: Eq + Hash;
    fn key(&self) -> &Self::Key;
}

/// A shard's lock. A type parameter so that `model` can run this code under a model checker.
pub(crate) trait Lock<T>: From<T> {
    type ReadGuard<'a>: Deref<Target = T>
    where
        Self: 'a;
    type WriteGuard<'a>: DerefMut<Target = T>
    where
        Self: 'a;
    fn read_guard(&self) -> Self::ReadGuard<'_>;
    fn write_guard(&self) -> Self::WriteGuard<'_>;
}

impl<T> Lock<T> for RwLock<T> {
    type ReadGuard<'a>
        = RwLockReadGuard<'a, T>
    where
        T: 'a;
    type WriteGuard<'a>
        = RwLockWriteGuard<'a, T>
    where
        T: 'a;

    #[inline]
    fn read_guard(&self) -> RwLockReadGuard<'_, T> {
        self.read()
    }

    #[inline]
    fn write_guard(&self) -> RwLockWriteGuard<'_, T> {
        self.write()
    }
}

/// A bounded, sharded map.
pub(crate) struct KeyCache<V, L = RwLock<Shard<V>>, const SHARDS: usize = 64> {
    shards: [L; SHARDS],
    shard_capacity: usize,
    hasher: RandomState,
    values: std::marker::PhantomData<V>,
}

/// The entries whose hashes share some bits.
pub(crate) struct Shard<V> {
    entries: HashTable<V>,
    changes: u64,
}

/// The state of a shard before a read began. Valid only for the key that it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

impl<V: Keyed + Clone> KeyCache<V> {
    /// Holds at most `capacity` entries, but at least one in each shard.
    pub(crate) fn new(capacity: usize) -> Self {
        Self::with_locks(capacity)
    }
}

impl<V: Keyed + Clone, L: Lock<Shard<V>>, const SHARDS: usize> KeyCache<V, L, SHARDS> {
    /// The number of shards, for [`Self::select`].
    pub(crate) const SHARDS: usize = SHARDS;

    fn with_locks(capacity: usize) -> Self {
        Self {
            values: std::marker::PhantomData,
            shards: std::array::from_fn(|_| L::from(Shard { entries: HashTable::new(), changes: 0 })),
            shard_capacity: (capacity / SHARDS).max(1),
            hasher: RandomState::default(),
        }
    }

    /// The value, if it is cached.
    pub(crate) fn get(&self, key: &V::Key) -> Option<V> {
        let (hash, shard) = self.shard_of(key);
        shard.read_guard().entries.find(hash, |value| value.key() == key).cloned()
    }

    /// To be taken before the database is read.
    pub(crate) fn ticket(&self, key: &V::Key) -> Ticket {
        Ticket(self.shard_of(key).1.read_guard().changes)
    }

    /// Inserts a value that was read, unless its shard has changed since the ticket was taken. Returns the value that
    /// was replaced or evicted for it.
    pub(crate) fn insert(&self, value: V, ticket: Ticket) -> Option<V> {
        let (hash, shard) = self.shard_of(value.key());
        let mut shard = shard.write_guard();
        if shard.changes != ticket.0 {
            return None;
        }
        let mut evicted = shard.remove(hash, value.key());
        if shard.entries.len() >= self.shard_capacity {
            evicted = shard.evict_near(hash);
        }
        shard.entries.insert_unique(hash, value, |value| self.hasher.hash_one(value.key()));
        evicted
    }

    /// Removes and returns a value, and invalidates every read of its key in progress. To be called after the commit
    /// and before the reply.
    pub(crate) fn evict(&self, key: &V::Key) -> Option<V> {
        let (hash, shard) = self.shard_of(key);
        let mut shard = shard.write_guard();
        shard.changes += 1;
        shard.remove(hash, key)
    }

    /// Removes every value, passing each to `evicted`, and invalidates every read in progress.
    pub(crate) fn clear(&self, evicted: impl Fn(&V)) {
        let mut shards: Vec<_> = self.shards.iter().map(L::write_guard).collect();
        for shard in &mut shards {
            shard.changes += 1;
            std::mem::take(&mut shard.entries).iter().for_each(&evicted);
        }
    }

    /// The values of one shard, filtered and mapped.
    pub(crate) fn select<T>(&self, shard: usize, filter_map: impl FnMut(&V) -> Option<T>) -> Vec<T> {
        self.shards[shard].read_guard().entries.iter().filter_map(filter_map).collect()
    }

    fn shard_of(&self, key: &V::Key) -> (u64, &L) {
        let hash = self.hasher.hash_one(key);
        // Bits that the table itself does not use: it takes the lowest for the bucket and the highest for the tag.
        (hash, &self.shards[usize::try_from((hash >> 48) % SHARDS as u64).unwrap_or(0)])
    }
}

impl<V: Keyed> Shard<V> {
    fn remove(&mut self, hash: u64, key: &V::Key) -> Option<V> {
        Some(self.entries.find_entry(hash, |value| value.key() == key).ok()?.remove().0)
    }

    /// Removes the first entry at or after a bucket that the new entry's hash chooses.
    fn evict_near(&mut self, hash: u64) -> Option<V> {
        let buckets = self.entries.num_buckets();
        let start = usize::try_from(hash >> 7).unwrap_or(0);
        for step in 0..buckets {
            if let Ok(entry) = self.entries.get_bucket_entry(start.wrapping_add(step) % buckets) {
                return Some(entry.remove().0);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Keyed for (&'static str, u32) {
        type Key = &'static str;
        fn key(&self) -> &Self::Key {
            &self.0
        }
    }

    impl Keyed for u32 {
        type Key = Self;
        fn key(&self) -> &Self {
            self
        }
    }

    #[test]
    fn value_read_before_an_eviction_is_not_inserted() {
        let cache = KeyCache::new(100);
        let ticket = cache.ticket(&"a");
        cache.evict(&"a");
        cache.insert(("a", 1), ticket);
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn value_read_before_a_clear_is_not_inserted() {
        let cache = KeyCache::new(100);
        let ticket = cache.ticket(&"a");
        cache.clear(|_| ());
        cache.insert(("a", 1), ticket);
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn value_is_cached_until_it_is_evicted() {
        let cache = KeyCache::new(100);
        let ticket = cache.ticket(&"a");
        assert_eq!(cache.insert(("a", 1), ticket), None);
        assert_eq!(cache.get(&"a"), Some(("a", 1)));
        assert_eq!(cache.insert(("a", 2), ticket), Some(("a", 1)));
        assert_eq!(cache.get(&"a"), Some(("a", 2)));
        assert_eq!(cache.evict(&"a"), Some(("a", 2)));
        assert_eq!(cache.get(&"a"), None);
        let ticket = cache.ticket(&"a");
        cache.insert(("a", 3), ticket);
        assert_eq!(cache.get(&"a"), Some(("a", 3)));
        let gone = std::cell::RefCell::new(Vec::new());
        cache.clear(|held| gone.borrow_mut().push(*held));
        assert_eq!((cache.get(&"a"), gone.into_inner()), (None, vec![("a", 3)]));
    }

    #[test]
    fn cache_stays_within_capacity_and_keeps_the_newest() {
        let cache = KeyCache::new(640);
        let mut left = 0;
        for key in 0..20_000_u32 {
            let ticket = cache.ticket(&key);
            left += usize::from(cache.insert(key, ticket).is_some());
            assert_eq!(cache.get(&key), Some(key));
        }
        let held = (0..20_000).filter(|key| cache.get(key).is_some()).count();
        assert!((600..=640).contains(&held), "{held}");
        assert_eq!(held + left, 20_000);
        let selected: Vec<u32> = (0..KeyCache::<u32>::SHARDS)
            .flat_map(|shard| cache.select(shard, |key| Some(*key).filter(|key| key % 2 == 0)))
            .collect();
        assert!(selected.iter().all(|key| key % 2 == 0) && (200..440).contains(&selected.len()));
    }
}
