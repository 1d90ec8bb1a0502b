//! Time as a dependency: the [`Clock`] trait, the machine's clock, a clock for tests, and a clock that never runs
//! backwards. Formatting and calendar rules belong in `domain::time`.

use domain::time::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A source of time.
pub trait Clock: Send + Sync + 'static {
    /// The current time in milliseconds since 1970-01-01 UTC.
    fn now(&self) -> Millis;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the only place that reads the machine's clock")]
    fn now(&self) -> Millis {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX))
    }
}

/// A clock for tests; it moves only when told to.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `at`, in epoch milliseconds.
    #[must_use]
    pub fn at(at: Millis) -> Self {
        Self(AtomicI64::new(at))
    }

    /// Sets the clock; may move it backwards.
    pub fn set(&self, at: Millis) {
        self.0.store(at, Ordering::SeqCst);
    }

    /// Moves the clock forward by `by` milliseconds.
    pub fn advance(&self, by: Millis) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}

impl<C: Clock> Clock for Arc<C> {
    fn now(&self) -> Millis {
        self.as_ref().now()
    }
}

/// An injected clock with a high-water mark: if the machine's clock is set back, expired keys and sessions must stay
/// expired.
pub struct MonotonicClock {
    clock: Box<dyn Clock>,
    high_water_mark: AtomicI64,
}

impl MonotonicClock {
    /// `high_water_mark` is the latest time that the database has recorded; the clock never shows less.
    #[must_use]
    pub fn new(clock: Box<dyn Clock>, high_water_mark: Millis) -> Self {
        Self { clock, high_water_mark: AtomicI64::new(high_water_mark) }
    }

    /// The injected clock's own time, which may run backwards.
    pub fn raw_now(&self) -> Millis {
        self.clock.now()
    }

    /// The current time, never less than a time returned before.
    pub fn now(&self) -> Millis {
        self.observe(self.clock.now())
    }

    /// As [`Self::now`], for a caller that has already read [`Self::raw_now`].
    #[inline]
    pub fn observe(&self, raw: Millis) -> Millis {
        let mark = self.high_water_mark.load(Ordering::Relaxed);
        if raw <= mark {
            return mark;
        }
        self.high_water_mark.fetch_max(raw, Ordering::Relaxed).max(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monotonic_clock_never_runs_backwards() {
        let source = Arc::new(ManualClock::at(1_000));
        let clock = MonotonicClock::new(Box::new(Arc::clone(&source)), 500);
        assert_eq!(clock.now(), 1_000);
        source.set(10);
        assert_eq!(clock.now(), 1_000);
        source.set(1_001);
        assert_eq!(clock.now(), 1_001);
    }

    #[test]
    fn monotonic_clock_starts_at_the_recorded_mark() {
        assert_eq!(MonotonicClock::new(Box::new(ManualClock::at(1)), 7).now(), 7);
    }
}
