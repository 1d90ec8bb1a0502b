//! The keys that were asked for lately, by public id, and the one rule that keeps a revoked key out:
//! an entry that was read before a change is never put in after it.
//!
//! A reader takes a ticket before it asks the database. A change, once committed, moves the counter of its shard and
//! removes the entry, both under the shard's lock. The reader's insert takes the same lock and is refused when the
//! counter is no longer the ticket's.
//!
//! The table holds pointers alone, and an entry knows its own id: with a million keys, the table then stays in the
//! processor's caches, and a look-up waits for distant memory once. Evictions at random are good enough for a table
//! that is meant to hold every key in use.

#[cfg(test)]
mod model;

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::hash::{BuildHasher, Hash};
use std::ops::{Deref, DerefMut};

/// What is held knows what it is found by.
pub(crate) trait Keyed {
    type Key: Eq + Hash;
    fn key(&self) -> &Self::Key;
}

/// A shard's lock. A parameter only so that `model` can run this very code in every order.
pub(crate) trait Lock<T>: From<T> {
    type Reading<'a>: Deref<Target = T>
    where
        Self: 'a;
    type Writing<'a>: DerefMut<Target = T>
    where
        Self: 'a;
    fn reading(&self) -> Self::Reading<'_>;
    fn writing(&self) -> Self::Writing<'_>;
}

impl<T> Lock<T> for RwLock<T> {
    type Reading<'a>
        = RwLockReadGuard<'a, T>
    where
        T: 'a;
    type Writing<'a>
        = RwLockWriteGuard<'a, T>
    where
        T: 'a;

    #[inline]
    fn reading(&self) -> RwLockReadGuard<'_, T> {
        self.read()
    }

    #[inline]
    fn writing(&self) -> RwLockWriteGuard<'_, T> {
        self.write()
    }
}

/// A bounded map.
pub(crate) struct Cache<V, L = RwLock<Shard<V>>, const SHARDS: usize = 64> {
    shards: [L; SHARDS],
    capacity_of_shard: usize,
    hasher: RandomState,
    values: std::marker::PhantomData<V>,
}

/// Entries whose keys' hashes have some bits in common.
pub(crate) struct Shard<V> {
    entries: HashTable<V>,
    changes: u64,
}

/// Proof of when a read began. Only good for the key that it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

impl<V: Keyed + Clone> Cache<V> {
    /// Holds at most `capacity` entries, and at least one in each of its shards.
    pub(crate) fn new(capacity: usize) -> Self {
        Self::with_locks(capacity)
    }
}

impl<V: Keyed + Clone, L: Lock<Shard<V>>, const SHARDS: usize> Cache<V, L, SHARDS> {
    fn with_locks(capacity: usize) -> Self {
        Self {
            values: std::marker::PhantomData,
            shards: std::array::from_fn(|_| L::from(Shard { entries: HashTable::new(), changes: 0 })),
            capacity_of_shard: (capacity / SHARDS).max(1),
            hasher: RandomState::default(),
        }
    }

    /// The entry, if it is held.
    pub(crate) fn get(&self, key: &V::Key) -> Option<V> {
        let (hash, shard) = self.place(key);
        shard.reading().entries.find(hash, |held| held.key() == key).cloned()
    }

    /// To be taken before the database is asked.
    pub(crate) fn ticket(&self, key: &V::Key) -> Ticket {
        Ticket(self.place(key).1.reading().changes)
    }

    /// Puts in what was read, unless something changed since the ticket was taken. Answers what had to leave for it.
    pub(crate) fn fill(&self, value: V, ticket: Ticket) -> Option<V> {
        let (hash, shard) = self.place(value.key());
        let mut shard = shard.writing();
        if shard.changes != ticket.0 {
            return None;
        }
        let mut gone = shard.remove(hash, value.key());
        if shard.entries.len() >= self.capacity_of_shard {
            gone = shard.make_room(hash);
        }
        shard.entries.insert_unique(hash, value, |held| self.hasher.hash_one(held.key()));
        gone
    }

    /// Forgets a key, answers what was held of it, and refuses every read of it that is under way. To be called after
    /// the commit, before the reply.
    pub(crate) fn evict(&self, key: &V::Key) -> Option<V> {
        let (hash, shard) = self.place(key);
        let mut shard = shard.writing();
        shard.changes += 1;
        shard.remove(hash, key)
    }

    /// Forgets everything, tells `gone` of it, and refuses every read that is under way.
    pub(crate) fn clear(&self, gone: impl Fn(&V)) {
        let mut held: Vec<_> = self.shards.iter().map(L::writing).collect();
        for shard in &mut held {
            shard.changes += 1;
            std::mem::take(&mut shard.entries).iter().for_each(&gone);
        }
    }

    /// How many parts [`Self::select`] can be asked for.
    pub(crate) const PARTS: usize = SHARDS;

    /// What `wanted` makes of the entries of one part.
    pub(crate) fn select<T>(&self, part: usize, wanted: impl FnMut(&V) -> Option<T>) -> Vec<T> {
        self.shards[part].reading().entries.iter().filter_map(wanted).collect()
    }

    fn place(&self, key: &V::Key) -> (u64, &L) {
        let hash = self.hasher.hash_one(key);
        // Bits that the table itself does not look at: it takes the lowest for the place and the highest as a mark.
        (hash, &self.shards[usize::try_from((hash >> 48) % SHARDS as u64).unwrap_or(0)])
    }
}

impl<V: Keyed> Shard<V> {
    fn remove(&mut self, hash: u64, key: &V::Key) -> Option<V> {
        Some(self.entries.find_entry(hash, |held| held.key() == key).ok()?.remove().0)
    }

    /// Removes the entry that comes next from a place that the new one's hash picks.
    fn make_room(&mut self, hash: u64) -> Option<V> {
        let buckets = self.entries.num_buckets();
        let start = usize::try_from(hash >> 7).unwrap_or(0);
        for step in 0..buckets {
            if let Ok(held) = self.entries.get_bucket_entry(start.wrapping_add(step) % buckets) {
                return Some(held.remove().0);
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
    fn a_read_from_before_a_change_is_not_put_in() {
        let cache = Cache::new(100);
        let ticket = cache.ticket(&"a");
        cache.evict(&"a");
        cache.fill(("a", 1), ticket);
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn a_read_from_before_a_clearing_is_not_put_in() {
        let cache = Cache::new(100);
        let ticket = cache.ticket(&"a");
        cache.clear(|_| ());
        cache.fill(("a", 1), ticket);
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn holds_what_was_read_until_it_changes() {
        let cache = Cache::new(100);
        let ticket = cache.ticket(&"a");
        assert_eq!(cache.fill(("a", 1), ticket), None);
        assert_eq!(cache.get(&"a"), Some(("a", 1)));
        assert_eq!(cache.fill(("a", 2), ticket), Some(("a", 1)));
        assert_eq!(cache.get(&"a"), Some(("a", 2)));
        assert_eq!(cache.evict(&"a"), Some(("a", 2)));
        assert_eq!(cache.get(&"a"), None);
        let ticket = cache.ticket(&"a");
        cache.fill(("a", 3), ticket);
        assert_eq!(cache.get(&"a"), Some(("a", 3)));
        let gone = std::cell::RefCell::new(Vec::new());
        cache.clear(|held| gone.borrow_mut().push(*held));
        assert_eq!((cache.get(&"a"), gone.into_inner()), (None, vec![("a", 3)]));
    }

    #[test]
    fn stays_within_its_capacity_and_keeps_the_newest() {
        let cache = Cache::new(640);
        let mut left = 0;
        for key in 0..20_000_u32 {
            let ticket = cache.ticket(&key);
            left += usize::from(cache.fill(key, ticket).is_some());
            assert_eq!(cache.get(&key), Some(key));
        }
        let held = (0..20_000).filter(|key| cache.get(key).is_some()).count();
        assert!((600..=640).contains(&held), "{held}");
        assert_eq!(held + left, 20_000);
        let selected: Vec<u32> = (0..Cache::<u32>::PARTS)
            .flat_map(|part| cache.select(part, |key| Some(*key).filter(|key| key % 2 == 0)))
            .collect();
        assert!(selected.iter().all(|key| key % 2 == 0) && (200..440).contains(&selected.len()));
    }
}
