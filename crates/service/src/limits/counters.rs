//! The counters of all keys in use. A key has one on this node, or two of its secrets would each have the whole limit
//! in reach of a crash.

use super::counter::{Counter, Unused};
use domain::limits::Limits;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// The counters by key id.
#[derive(Default)]
pub(crate) struct Counters(Mutex<HashMap<Box<str>, Arc<Counter>>>);

/// A counter that has ended, and what is to be given back.
pub(crate) struct Closed {
    pub key_id: Box<str>,
    pub unused: Vec<Unused>,
}

impl Counters {
    /// The counter of a key that has these limits now, and the one that it replaces if they were others. None for a
    /// key without limits.
    pub fn of(&self, key_id: &str, limits: Limits) -> (Option<Arc<Counter>>, Option<Closed>) {
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
        let counter = Arc::new(Counter::new(key_id, limits));
        counters.insert(key_id.into(), Arc::clone(&counter));
        (Some(counter), closed)
    }

    /// The counter of a key, if it was used.
    pub fn find(&self, key_id: &str) -> Option<Arc<Counter>> {
        self.0.lock().get(key_id).cloned()
    }

    /// Ends the counters that no cached key has any more.
    pub fn close_unused(&self) -> Vec<Closed> {
        self.close_where(|counter| Arc::strong_count(counter) == 1)
    }

    /// Ends all.
    pub fn close_all(&self) -> Vec<Closed> {
        self.close_where(|_| true)
    }

    fn close_where(&self, is_wanted: impl Fn(&Arc<Counter>) -> bool) -> Vec<Closed> {
        self.0.lock().extract_if(|_, counter| is_wanted(counter)).map(|(_, counter)| close(&counter)).collect()
    }
}

fn close(counter: &Counter) -> Closed {
    Closed { key_id: counter.key_id.clone(), unused: counter.close() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(stored: &str) -> Limits {
        Limits::from_stored(stored).expect("good limits")
    }

    #[test]
    fn a_key_has_one_counter_until_its_limits_change() {
        let counters = Counters::default();
        let (first, _) = counters.of("k1", limits("hour=5"));
        let (again, closed) = counters.of("k1", limits("hour=5"));
        assert!(Arc::ptr_eq(&first.clone().unwrap(), &again.unwrap()) && closed.is_none());
        let (other, closed) = counters.of("k1", limits("hour=6"));
        assert!(!Arc::ptr_eq(&first.unwrap(), &other.unwrap()) && closed.is_some());
        let (none, closed) = counters.of("k1", limits(""));
        assert!(none.is_none() && closed.is_some() && counters.find("k1").is_none());
    }

    #[test]
    fn only_counters_that_nobody_has_are_swept() {
        let counters = Counters::default();
        let kept = counters.of("k1", limits("hour=5")).0;
        drop(counters.of("k2", limits("hour=5")));
        let swept: Vec<_> = counters.close_unused().into_iter().map(|closed| closed.key_id).collect();
        assert_eq!(swept, ["k2".into()]);
        drop(kept);
        assert_eq!(counters.close_all().len(), 1);
    }
}
