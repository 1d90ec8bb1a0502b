//! Interning: one copy of the privileges that many keys share. Most accounts use a handful of combinations, and a
//! million copies of the same text take forty megabytes.

use domain::privilege::Privileges;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// When this many combinations are interned the map is cleared; keys keep the copies that they have.
const CAPACITY: usize = 10_000;

/// Interned privileges by their stored text.
#[derive(Default)]
pub(crate) struct Interner(Mutex<HashMap<Box<str>, Arc<Privileges>>>);

impl Interner {
    /// The parsed privileges, shared by all keys with the same stored text. `None` if the text is invalid.
    pub(crate) fn privileges(&self, stored: &str) -> Option<Arc<Privileges>> {
        let mut interned = self.0.lock();
        if let Some(privileges) = interned.get(stored) {
            return Some(Arc::clone(privileges));
        }
        let privileges = Arc::new(Privileges::from_stored(stored).ok()?);
        if interned.len() >= CAPACITY {
            interned.clear();
        }
        interned.insert(stored.into(), Arc::clone(&privileges));
        Some(privileges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_privileges_share_one_copy() {
        let interner = Interner::default();
        let (one, other) = (interner.privileges("a:b c:d").unwrap(), interner.privileges("a:b c:d").unwrap());
        assert!(Arc::ptr_eq(&one, &other));
        assert!(!Arc::ptr_eq(&one, &interner.privileges("a:b").unwrap()));
        assert!(interner.privileges("rubbish").is_none());
    }

    #[test]
    fn interner_stays_within_its_capacity() {
        let interner = Interner::default();
        for number in 0..=CAPACITY {
            interner.privileges(&format!("m{number}:read")).unwrap();
        }
        assert!(interner.0.lock().len() <= CAPACITY);
    }
}
