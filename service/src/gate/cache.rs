//! The keys that were asked for lately, by public id, and the one rule that keeps a revoked key out:
//! an entry that was read before a change is never put in after it.
//!
//! A reader takes a ticket before it asks the database. A change, once committed, moves the counter of its slot and
//! removes the entry, both under the slot's lock. The reader's insert takes the same lock and is refused when the
//! counter is no longer the ticket's.

use parking_lot::Mutex;
use quick_cache::sync::Cache as Entries;
use std::hash::{BuildHasher, Hash};

const SLOTS: usize = 64;

/// A bounded map that forgets what is used least.
pub(crate) struct Cache<K, V> {
    entries: Entries<K, V>,
    changes: [Mutex<u64>; SLOTS],
    hasher: std::hash::RandomState,
}

/// Proof of when a read began. Only good for the key that it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

impl<K: Eq + Hash + Clone, V: Clone> Cache<K, V> {
    /// Holds at most `capacity` entries.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            entries: Entries::new(capacity),
            changes: std::array::from_fn(|_| Mutex::new(0)),
            hasher: std::hash::RandomState::new(),
        }
    }

    /// The entry, if it is held.
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        self.entries.get(key)
    }

    /// To be taken before the database is asked.
    pub(crate) fn ticket(&self, key: &K) -> Ticket {
        Ticket(*self.slot(key).lock())
    }

    /// Puts in what was read, unless something changed since the ticket was taken. Tells whether it was put in.
    pub(crate) fn fill(&self, key: &K, value: V, ticket: Ticket) -> bool {
        let changes = self.slot(key).lock();
        if *changes != ticket.0 {
            return false;
        }
        self.entries.insert(key.clone(), value);
        true
    }

    /// Forgets a key and refuses every read of it that is under way. To be called after the commit, before the reply.
    pub(crate) fn evict(&self, key: &K) {
        let mut changes = self.slot(key).lock();
        *changes += 1;
        self.entries.remove(key);
    }

    /// Forgets everything and refuses every read that is under way.
    pub(crate) fn clear(&self) {
        let mut held: Vec<_> = self.changes.iter().map(Mutex::lock).collect();
        for changes in &mut held {
            **changes += 1;
        }
        self.entries.clear();
    }

    fn slot(&self, key: &K) -> &Mutex<u64> {
        let hash = self.hasher.hash_one(key);
        &self.changes[usize::try_from(hash % SLOTS as u64).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_from_before_a_change_is_not_put_in() {
        let cache = Cache::new(10);
        let ticket = cache.ticket(&"a");
        cache.evict(&"a");
        assert!(!cache.fill(&"a", 1, ticket));
        assert_eq!(cache.get(&"a"), None);
    }

    #[test]
    fn a_read_from_before_a_clearing_is_not_put_in() {
        let cache = Cache::new(10);
        let ticket = cache.ticket(&"a");
        cache.clear();
        assert!(!cache.fill(&"a", 1, ticket));
    }

    #[test]
    fn holds_what_was_read_until_it_changes() {
        let cache = Cache::new(10);
        let ticket = cache.ticket(&"a");
        assert!(cache.fill(&"a", 1, ticket));
        assert_eq!(cache.get(&"a"), Some(1));
        cache.evict(&"a");
        assert_eq!(cache.get(&"a"), None);
        let ticket = cache.ticket(&"a");
        assert!(cache.fill(&"a", 2, ticket));
        assert_eq!(cache.get(&"a"), Some(2));
    }

    #[test]
    fn stays_within_its_capacity() {
        let cache = Cache::new(100);
        for key in 0..10_000 {
            let ticket = cache.ticket(&key);
            cache.fill(&key, key, ticket);
        }
        assert!(cache.entries.len() <= 100);
    }
}
