//! How long ago this node last knew that it had seen every change. Too long ago: it may not decide from memory.
//!
//! Times here are the machine's own. The time that never runs backwards stands still after the clock stepped back, and
//! by it memory would stay young for just as long.

use domain::time::Millis;
use std::sync::atomic::{AtomicI64, Ordering};

/// How often the watcher asks the database for changes.
pub(crate) const INTERVAL: std::time::Duration = std::time::Duration::from_millis(250);
/// How old the last confirmation may be, in milliseconds.
pub(crate) const TRUSTED_FOR: Millis = 2_000;

/// The last change that was seen, and when there was none newer.
#[derive(Debug)]
pub(crate) struct Freshness {
    generation: AtomicI64,
    confirmed_at: AtomicI64,
}

impl Freshness {
    /// Everything up to `generation` is known at `now`.
    pub(crate) fn new(generation: i64, now: Millis) -> Self {
        Self { generation: AtomicI64::new(generation), confirmed_at: AtomicI64::new(now) }
    }

    /// Whether memory may be trusted at `now`. Not if that is before the last confirmation: the clock was set, and how
    /// old memory is cannot be told.
    pub(crate) fn is_trusted(&self, now: Millis) -> bool {
        (0..TRUSTED_FOR).contains(&(now - self.confirmed_at.load(Ordering::Acquire)))
    }

    /// The last change that was seen.
    pub(crate) fn generation(&self) -> i64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Every change up to `generation` was applied by a read that began at `began`.
    pub(crate) fn confirm(&self, generation: i64, began: Millis) {
        self.generation.store(generation, Ordering::Release);
        self.confirmed_at.store(began, Ordering::Release);
    }
}
