//! How long ago this node last confirmed that it had applied every change. A node that has not confirmed for too long
//! may not decide from memory.
//!
//! All times here are raw clock readings. The monotonic clock stands still after the machine's clock was set back, and
//! memory would appear fresh for just as long.

use crate::single_flight::SingleFlight;
use domain::time::Millis;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How often the background task looks for changes.
pub(crate) const INTERVAL: Duration = Duration::from_millis(250);
/// The maximum age of the last confirmation, in milliseconds.
const TRUSTED_FOR: Millis = 2_000;

/// The last generation that was applied, and when it was confirmed to be the newest.
pub(crate) struct Freshness {
    generation: AtomicI64,
    confirmed_at: AtomicI64,
    /// Shares one look at the database among all calls that wait for one.
    pub(crate) flight: SingleFlight<()>,
}

impl Freshness {
    /// Everything up to `generation` is known at `now`.
    pub(crate) fn new(generation: i64, now: Millis) -> Self {
        Self {
            generation: AtomicI64::new(generation),
            confirmed_at: AtomicI64::new(now),
            flight: SingleFlight::default(),
        }
    }

    /// Whether memory may be trusted at `now`. A time before the last confirmation means that the clock was set back;
    /// the age of memory is unknown then, and it is not trusted.
    pub(crate) fn is_trusted(&self, now: Millis) -> bool {
        (0..TRUSTED_FOR).contains(&(now - self.confirmed_at.load(Ordering::Acquire)))
    }

    /// The last generation that was applied.
    pub(crate) fn generation(&self) -> i64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Every change up to `generation` has been applied, by a read that began at `began`.
    pub(crate) fn confirm(&self, generation: i64, began: Millis) {
        self.generation.store(generation, Ordering::Release);
        self.confirmed_at.store(began, Ordering::Release);
    }
}
