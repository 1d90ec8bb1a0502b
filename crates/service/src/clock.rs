//! The time, as everything here sees it: injected, and never running backwards.

use domain::time::Millis;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time in epoch milliseconds.
pub trait Clock: Send + Sync + 'static {
    /// Now, in milliseconds since 1970-01-01 UTC.
    fn now(&self) -> Millis;
}

/// The machine's own clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the wall clock comes in")]
    fn now(&self) -> Millis {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX))
    }
}

/// A clock that a test moves by hand.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Millis) -> Self {
        Self(AtomicI64::new(at))
    }

    /// Sets the clock, backwards too.
    pub fn set(&self, at: Millis) {
        self.0.store(at, Ordering::SeqCst);
    }

    /// Moves the clock on by `by` milliseconds.
    pub fn advance(&self, by: Millis) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}

impl<C: Clock> Clock for std::sync::Arc<C> {
    fn now(&self) -> Millis {
        self.as_ref().now()
    }
}

/// A clock with a high-water mark: a machine whose clock stepped back must not revive an expired key or session.
pub(crate) struct Time {
    clock: Box<dyn Clock>,
    mark: AtomicI64,
}

impl Time {
    /// `mark` is the latest time that the database knows of.
    pub(crate) fn new(clock: Box<dyn Clock>, mark: Millis) -> Self {
        Self { clock, mark: AtomicI64::new(mark) }
    }

    /// The clock's time, backwards too.
    pub(crate) fn machine(&self) -> Millis {
        self.clock.now()
    }

    /// The clock's time, or the mark where the clock is behind it.
    pub(crate) fn now(&self) -> Millis {
        self.now_by(self.clock.now())
    }

    /// As [`Self::now`], for whoever has looked at the clock already.
    pub(crate) fn now_by(&self, now: Millis) -> Millis {
        let mark = self.mark.load(Ordering::Relaxed);
        if now <= mark {
            return mark;
        }
        self.mark.fetch_max(now, Ordering::Relaxed).max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn never_runs_backwards() {
        let clock = Arc::new(ManualClock::at(1_000));
        let time = Time::new(Box::new(Arc::clone(&clock)), 500);
        assert_eq!(time.now(), 1_000);
        clock.set(10);
        assert_eq!(time.now(), 1_000);
        clock.set(1_001);
        assert_eq!(time.now(), 1_001);
    }

    #[test]
    fn starts_at_the_mark_of_the_database() {
        assert_eq!(Time::new(Box::new(ManualClock::at(1)), 7).now(), 7);
    }
}
