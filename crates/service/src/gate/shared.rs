//! One copy of what many keys have in common. Most accounts use a handful of combinations of privileges, and a million
//! copies of the same text are forty megabytes.

use domain::privilege::Privileges;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// More than this many combinations are not looked up again; keys that have one keep it.
const COMBINATIONS: usize = 10_000;

/// The combinations of privileges that were read lately.
#[derive(Default)]
pub(crate) struct Shared(Mutex<HashMap<Box<str>, Arc<Privileges>>>);

impl Shared {
    /// The stored privileges, shared with every key that has the same. `None` if they cannot be read.
    pub(crate) fn privileges(&self, stored: &str) -> Option<Arc<Privileges>> {
        let mut known = self.0.lock();
        if let Some(privileges) = known.get(stored) {
            return Some(Arc::clone(privileges));
        }
        let privileges = Arc::new(Privileges::from_stored(stored).ok()?);
        if known.len() >= COMBINATIONS {
            known.clear();
        }
        known.insert(stored.into(), Arc::clone(&privileges));
        Some(privileges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_privileges_are_one() {
        let shared = Shared::default();
        let (one, other) = (shared.privileges("a:b c:d").unwrap(), shared.privileges("a:b c:d").unwrap());
        assert!(Arc::ptr_eq(&one, &other));
        assert!(!Arc::ptr_eq(&one, &shared.privileges("a:b").unwrap()));
        assert!(shared.privileges("rubbish").is_none());
    }

    #[test]
    fn no_more_are_kept_than_are_worth_it() {
        let shared = Shared::default();
        for number in 0..=COMBINATIONS {
            shared.privileges(&format!("m{number}:read")).unwrap();
        }
        assert!(shared.0.lock().len() <= COMBINATIONS);
    }
}
