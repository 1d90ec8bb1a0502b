//! The counters of all keys in use. A key has one counter on a node: if each of its secrets had its own, a crash could
//! lose the lease of each.

use super::counter::{QuotaCounter, UnusedLease};
use domain::limits::Limits;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// The counters by key id.
#[derive(Default)]
pub(super) struct QuotaCounters(Mutex<HashMap<Box<str>, Arc<QuotaCounter>>>);

/// What a closed counter had left, to be returned to the database.
pub(super) struct ClosedCounter {
    pub(super) key_id: Box<str>,
    pub(super) unused: Vec<UnusedLease>,
}

impl QuotaCounters {
    /// The counter of a key with these limits, and the counter that it replaces if the limits were different before.
    /// No counter for a key without limits.
    pub(super) fn get_or_create(
        &self,
        key_id: &str,
        limits: Limits,
    ) -> (Option<Arc<QuotaCounter>>, Option<ClosedCounter>) {
        let mut counters = self.0.lock();
        if let Some(known) = counters.get(key_id)
            && *known.limits() == limits
        {
            return (Some(Arc::clone(known)), None);
        }
        let closed = counters.remove(key_id).map(|old| close(&old));
        if limits.is_empty() {
            return (None, closed);
        }
        let counter = Arc::new(QuotaCounter::new(key_id, limits));
        counters.insert(key_id.into(), Arc::clone(&counter));
        (Some(counter), closed)
    }

    /// The counter of a key, if it is in use.
    pub(super) fn find(&self, key_id: &str) -> Option<Arc<QuotaCounter>> {
        self.0.lock().get(key_id).cloned()
    }

    /// Closes the counters that no cached key refers to any more.
    pub(super) fn close_unused(&self) -> Vec<ClosedCounter> {
        self.close_where(|counter| Arc::strong_count(counter) == 1)
    }

    pub(super) fn close_all(&self) -> Vec<ClosedCounter> {
        self.close_where(|_| true)
    }

    fn close_where(&self, matches: impl Fn(&Arc<QuotaCounter>) -> bool) -> Vec<ClosedCounter> {
        self.0.lock().extract_if(|_, counter| matches(counter)).map(|(_, counter)| close(&counter)).collect()
    }
}

fn close(counter: &QuotaCounter) -> ClosedCounter {
    ClosedCounter { key_id: counter.key_id.clone(), unused: counter.close() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(stored: &str) -> Limits {
        Limits::from_stored(stored).expect("good limits")
    }

    #[test]
    fn key_keeps_its_counter_until_its_limits_change() {
        let counters = QuotaCounters::default();
        let (first, _) = counters.get_or_create("k1", limits("hour=5"));
        let (again, closed) = counters.get_or_create("k1", limits("hour=5"));
        assert!(Arc::ptr_eq(&first.clone().unwrap(), &again.unwrap()) && closed.is_none());
        let (other, closed) = counters.get_or_create("k1", limits("hour=6"));
        assert!(!Arc::ptr_eq(&first.unwrap(), &other.unwrap()) && closed.is_some());
        let (none, closed) = counters.get_or_create("k1", limits(""));
        assert!(none.is_none() && closed.is_some() && counters.find("k1").is_none());
    }

    #[test]
    fn only_unreferenced_counters_are_closed_as_unused() {
        let counters = QuotaCounters::default();
        let kept = counters.get_or_create("k1", limits("hour=5")).0;
        drop(counters.get_or_create("k2", limits("hour=5")));
        let swept: Vec<_> = counters.close_unused().into_iter().map(|closed| closed.key_id).collect();
        assert_eq!(swept, ["k2".into()]);
        drop(kept);
        assert_eq!(counters.close_all().len(), 1);
    }
}
