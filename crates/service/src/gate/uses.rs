//! When and from where keys were used last: kept with the key in memory until it is written, never a write in a
//! caller's way.

use super::cache::Cache;
use super::entry::Entry;
use crate::keyhatch::Keyhatch;
use domain::time::Millis;
use domain::views::LastUse;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;
use store::{Store, StoreError};

/// How often what is new is written.
pub(crate) const INTERVAL: Duration = Duration::from_secs(20);
/// Rows in one transaction, so that nobody waits long for a turn.
const AT_ONCE: usize = 500;
/// After each lot this many times as long is waited as it took: with a million keys in use, writing must not take from
/// the calls.
const PAUSES: u32 = 19;

/// The last use of one key.
pub(crate) struct Noted(Mutex<Use>);

#[derive(Clone, Copy, PartialEq, Eq)]
struct Use {
    at: Millis,
    address: Option<IpAddr>,
    is_written: bool,
}

impl Default for Noted {
    fn default() -> Self {
        Self(Mutex::new(Use { at: Millis::MIN, address: None, is_written: true }))
    }
}

impl Noted {
    pub fn note(&self, address: Option<IpAddr>, now: Millis) {
        // Whoever has the lock notes a use of the same moment.
        if let Some(mut last) = self.0.try_lock() {
            *last = Use { at: now, address, is_written: false };
        }
    }

    fn unwritten(&self) -> Option<Use> {
        Some(*self.0.lock()).filter(|last| !last.is_written)
    }

    fn mark_written(&self, written: Use) {
        let mut last = self.0.lock();
        last.is_written |= *last == written;
    }
}

/// The last uses of keys that left memory before they were written.
#[derive(Default)]
pub(crate) struct Uses(Mutex<HashMap<Box<str>, Use>>);

impl Uses {
    /// To be told of every key that leaves memory.
    pub fn keep(&self, gone: &Entry) {
        if let Some(last) = gone.last_use().unwritten() {
            let mut kept = self.0.lock();
            let known = kept.entry(gone.id().into()).or_insert(last);
            // Two secrets of one key may leave in either order.
            if known.at < last.at {
                *known = last;
            }
        }
    }
}

impl Keyhatch {
    /// The last use of a key, if it is not written yet.
    pub(crate) fn unwritten_use(&self, public_id: &str, key_id: &str) -> Option<LastUse> {
        let cached = domain::key::PublicId::parse(public_id).and_then(|id| self.cache().get(&id));
        let noted = cached.and_then(|entry| entry.last_use().unwritten());
        let kept = self.uses().0.lock().get(key_id).copied();
        let last = noted.into_iter().chain(kept).max_by_key(|last| last.at)?;
        Some(LastUse { at: last.at, address: last.address.map(|address| address.to_string()) })
    }

    /// Writes the last uses that are new, with pauses if others are to go first. What could not be written stays noted.
    pub(crate) async fn write_uses(&self, with_pauses: bool) -> Result<(), StoreError> {
        let gone: Vec<(Box<str>, Use)> = self.uses().0.lock().iter().map(|(id, last)| (id.clone(), *last)).collect();
        for lot in gone.chunks(AT_ONCE) {
            write_lot(self.store(), lot.iter().map(|(id, last)| (&**id, *last)), with_pauses).await?;
            let mut kept = self.uses().0.lock();
            for (id, written) in lot {
                if kept.get(id) == Some(written) {
                    kept.remove(id);
                }
            }
        }
        for part in 0..Cache::<Entry>::PARTS {
            let used: Vec<(Entry, Use)> =
                self.cache().select(part, |entry| Some((entry.clone(), entry.last_use().unwritten()?)));
            for lot in used.chunks(AT_ONCE) {
                write_lot(self.store(), lot.iter().map(|(entry, last)| (entry.id(), *last)), with_pauses).await?;
                for (entry, written) in lot {
                    entry.last_use().mark_written(*written);
                }
            }
        }
        self.write_old_uses().await
    }
}

async fn write_lot<'a>(
    store: &Store,
    lot: impl Iterator<Item = (&'a str, Use)>,
    with_pauses: bool,
) -> Result<(), StoreError> {
    let began = tokio::time::Instant::now();
    let mut tx = store.begin().await?;
    for (id, Use { at, address, .. }) in lot {
        let address = address.map(|address| address.to_string());
        tx.last_uses().upsert(id, at, address.as_deref()).await?;
    }
    tx.commit().await?;
    if with_pauses {
        tokio::time::sleep(began.elapsed() * PAUSES).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_794_992_640_000;

    #[test]
    fn a_use_is_unwritten_until_that_very_use_is_written() {
        let noted = Noted::default();
        assert!(noted.unwritten().is_none());
        noted.note("203.0.113.7".parse().ok(), NOW);
        let first = noted.unwritten().expect("a use");
        assert_eq!((first.at, first.address), (NOW, "203.0.113.7".parse().ok()));
        noted.note(None, NOW + 1);
        noted.mark_written(first);
        let second = noted.unwritten().expect("a later use");
        assert_eq!((second.at, second.address), (NOW + 1, None));
        noted.mark_written(second);
        assert!(noted.unwritten().is_none());
    }
}
