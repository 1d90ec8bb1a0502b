//! A Bloom filter of all public ids: a flood of made-up keys must not become a flood of database reads.
//!
//! Once every change up to now is known, an id that is not in the filter is not in the database. The reverse is wrong
//! once in a thousand times, which costs one read. Ids of deleted keys stay in the filter.

use domain::key::PublicId;
use fastbloom::AtomicBloomFilter;
use foldhash::quality::RandomState;
use parking_lot::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::{Store, StoreError};

/// The capacity of the first filter, in ids.
const MIN_CAPACITY: usize = 100_000;
const FALSE_POSITIVE_RATE: f64 = 0.001;
/// Ids that are read from the database at a time.
const PAGE: i64 = 10_000;

/// The filter. Until it has been filled, every id may exist.
pub(crate) struct IdFilter {
    generation: RwLock<Generation>,
    invalidations: AtomicUsize,
    filling: tokio::sync::Mutex<()>,
}

/// One filter of a fixed capacity, which a larger one may replace.
struct Generation {
    ids: AtomicBloomFilter<RandomState>,
    capacity: usize,
    count: AtomicUsize,
    is_complete: AtomicBool,
}

impl Default for IdFilter {
    fn default() -> Self {
        Self {
            generation: RwLock::new(Generation::new(MIN_CAPACITY)),
            invalidations: AtomicUsize::new(0),
            filling: tokio::sync::Mutex::default(),
        }
    }
}

impl IdFilter {
    /// Whether the id may be in the database, as of the last change that this node knows.
    pub(crate) fn may_contain(&self, id: &PublicId) -> bool {
        let current = self.generation.read();
        !current.is_complete.load(Ordering::Acquire) || current.ids.contains(id)
    }

    /// Adds the id of a new secret.
    pub(crate) fn add(&self, id: &PublicId) {
        let current = self.generation.read();
        current.ids.insert(id);
        current.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Fills a new filter with all ids of the database, if the current one is incomplete or over capacity.
    ///
    /// The new filter is installed empty, so that ids created meanwhile are added to it as well; it takes effect once it
    /// is complete.
    pub(crate) async fn fill(&self, store: &Store) -> Result<(), StoreError> {
        let _filling = self.filling.lock().await;
        while let Some(capacity) = self.wanted_capacity() {
            let invalidations = self.invalidations.load(Ordering::Acquire);
            *self.generation.write() = Generation::new(capacity);
            let mut after = String::new();
            loop {
                let page = store.key_secrets().list_public_ids(&after, PAGE).await?;
                page.iter().filter_map(|id| PublicId::parse(id)).for_each(|id| self.add(&id));
                match page.into_iter().next_back() {
                    Some(last) => after = last,
                    None => break,
                }
            }
            if self.invalidations.load(Ordering::Acquire) == invalidations {
                self.generation.read().is_complete.store(true, Ordering::Release);
            }
        }
        Ok(())
    }

    /// Makes every id possible again until the filter is refilled.
    pub(crate) fn invalidate(&self) {
        self.invalidations.fetch_add(1, Ordering::AcqRel);
        self.generation.read().is_complete.store(false, Ordering::Release);
    }

    /// The capacity of the filter that should replace the current one, if any.
    fn wanted_capacity(&self) -> Option<usize> {
        let current = self.generation.read();
        let count = current.count.load(Ordering::Relaxed);
        if count > current.capacity {
            Some(count * 2)
        } else {
            (!current.is_complete.load(Ordering::Acquire)).then_some(current.capacity)
        }
    }
}

impl Generation {
    fn new(capacity: usize) -> Self {
        let ids = AtomicBloomFilter::with_false_pos(FALSE_POSITIVE_RATE)
            .hasher(RandomState::default())
            .expected_items(capacity);
        Self { ids, capacity, count: AtomicUsize::new(0), is_complete: AtomicBool::new(false) }
    }
}
