//! The last use of one cached secret, recorded by calls without waiting. Batching and writing is in `last_uses`.

use domain::time::Millis;
use parking_lot::Mutex;
use std::net::IpAddr;

/// The last use of one cached secret.
pub(crate) struct LastUseCell(Mutex<KeyUse>);

/// A use of a key, and whether the database has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyUse {
    pub(crate) at: Millis,
    pub(crate) address: Option<IpAddr>,
    is_written: bool,
}

impl Default for LastUseCell {
    fn default() -> Self {
        Self(Mutex::new(KeyUse { at: Millis::MIN, address: None, is_written: true }))
    }
}

impl LastUseCell {
    /// Records a use; never waits.
    pub(crate) fn record(&self, address: Option<IpAddr>, now: Millis) {
        // If the lock is taken, a concurrent call is recording a use of the same moment.
        if let Some(mut last) = self.0.try_lock() {
            *last = KeyUse { at: now, address, is_written: false };
        }
    }

    pub(crate) fn unwritten(&self) -> Option<KeyUse> {
        Some(*self.0.lock()).filter(|last| !last.is_written)
    }

    pub(crate) fn mark_written(&self, written: KeyUse) {
        let mut last = self.0.lock();
        last.is_written |= *last == written;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_794_992_640_000;

    #[test]
    fn use_stays_unwritten_until_that_very_use_is_written() {
        let cell = LastUseCell::default();
        assert!(cell.unwritten().is_none());
        cell.record("203.0.113.7".parse().ok(), NOW);
        let first = cell.unwritten().expect("a use");
        assert_eq!((first.at, first.address), (NOW, "203.0.113.7".parse().ok()));
        cell.record(None, NOW + 1);
        cell.mark_written(first);
        let second = cell.unwritten().expect("a later use");
        assert_eq!((second.at, second.address), (NOW + 1, None));
        cell.mark_written(second);
        assert!(cell.unwritten().is_none());
    }
}
