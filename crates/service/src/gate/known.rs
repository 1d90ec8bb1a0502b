//! Which public ids there are, roughly: a flood of made-up keys must not become a flood of database reads.
//!
//! An id that is not in the filter is not in the database, once every change up to the moment of asking is known. The
//! other way round it is wrong once in a thousand times, which costs a read. Ids of deleted keys stay in it.

use domain::key::PublicId;
use fastbloom::AtomicBloomFilter;
use foldhash::quality::RandomState;
use parking_lot::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::{Store, StoreError};

/// Ids for which there is always room.
const ROOM_AT_LEAST: usize = 100_000;
const WRONG: f64 = 0.001;
const AT_ONCE: i64 = 10_000;

/// The filter. Until it was filled, every id may be known.
pub(crate) struct Known {
    filter: RwLock<Filter>,
    forgotten: AtomicUsize,
    filling: tokio::sync::Mutex<()>,
}

struct Filter {
    ids: AtomicBloomFilter<RandomState>,
    room: usize,
    count: AtomicUsize,
    is_whole: AtomicBool,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            filter: RwLock::new(Filter::new(ROOM_AT_LEAST)),
            forgotten: AtomicUsize::new(0),
            filling: tokio::sync::Mutex::default(),
        }
    }
}

impl Known {
    /// Whether the id may be in the database, as of the last change that this node knows.
    pub fn may_be(&self, id: &PublicId) -> bool {
        let filter = self.filter.read();
        !filter.is_whole.load(Ordering::Acquire) || filter.ids.contains(id)
    }

    /// Adds an id that was made.
    pub fn add(&self, id: &PublicId) {
        let filter = self.filter.read();
        filter.ids.insert(id);
        filter.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Fills a new filter with all ids of the database if the present one is not whole, or has become too small.
    ///
    /// Ids made meanwhile are added as well: the new filter takes its place first, empty, and counts once it is whole.
    pub async fn fill(&self, store: &Store) -> Result<(), StoreError> {
        let _only = self.filling.lock().await;
        while let Some(room) = self.wanted_room() {
            let forgotten = self.forgotten.load(Ordering::Acquire);
            *self.filter.write() = Filter::new(room);
            let mut after = String::new();
            loop {
                let page = store.key_secrets().list_public_ids(&after, AT_ONCE).await?;
                page.iter().filter_map(|id| PublicId::parse(id)).for_each(|id| self.add(&id));
                match page.into_iter().next_back() {
                    Some(last) => after = last,
                    None => break,
                }
            }
            if self.forgotten.load(Ordering::Acquire) == forgotten {
                self.filter.read().is_whole.store(true, Ordering::Release);
            }
        }
        Ok(())
    }

    /// Believes nothing until it is filled again.
    pub fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.filter.read().is_whole.store(false, Ordering::Release);
    }

    /// For how many ids a filter is wanted in place of this one.
    fn wanted_room(&self) -> Option<usize> {
        let filter = self.filter.read();
        let count = filter.count.load(Ordering::Relaxed);
        if count > filter.room {
            Some(count * 2)
        } else {
            (!filter.is_whole.load(Ordering::Acquire)).then_some(filter.room)
        }
    }
}

impl Filter {
    fn new(room: usize) -> Self {
        let ids = AtomicBloomFilter::with_false_pos(WRONG).hasher(RandomState::default()).expected_items(room);
        Self { ids, room, count: AtomicUsize::new(0), is_whole: AtomicBool::new(false) }
    }
}
