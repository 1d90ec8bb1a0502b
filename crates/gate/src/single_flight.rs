//! Single-flight: callers that arrive before an execution starts share its result.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the executions and runs one at a time.
pub(crate) struct SingleFlight<T> {
    started: AtomicU64,
    /// The number and the result of the last execution that succeeded. Locked while one runs.
    last: tokio::sync::Mutex<Option<(u64, T)>>,
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self { started: AtomicU64::new(0), last: tokio::sync::Mutex::new(None) }
    }
}

impl<T: Clone> SingleFlight<T> {
    /// The result of an execution of `work` that started after this call; runs one unless another caller does.
    ///
    /// # Errors
    /// The error of this caller's own execution. Other callers' failures are not shared.
    pub(crate) async fn run<E>(&self, work: impl AsyncFnOnce() -> Result<T, E>) -> Result<T, E> {
        let started_before = self.started.load(Ordering::Acquire);
        let mut last = self.last.lock().await;
        if let Some((number, result)) = &*last
            && *number > started_before
        {
            return Ok(result.clone());
        }
        let number = self.started.fetch_add(1, Ordering::AcqRel) + 1;
        let result = work().await?;
        *last = Some((number, result.clone()));
        Ok(result)
    }
}

/// A [`SingleFlight`] for each key that callers wait for. Holds no more keys than there are callers.
pub(crate) struct SingleFlightGroup<K, T>(Mutex<HashMap<K, Arc<SingleFlight<T>>>>);

impl<K, T> Default for SingleFlightGroup<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash, T: Clone> SingleFlightGroup<K, T> {
    /// As [`SingleFlight::run`], shared by the callers with the same key alone.
    ///
    /// # Errors
    /// The error of this caller's own execution.
    pub(crate) async fn run<E>(&self, key: K, work: impl AsyncFnOnce() -> Result<T, E>) -> Result<T, E> {
        let flight = Arc::clone(self.0.lock().entry(key).or_default());
        let caller = Caller { group: self, key, flight };
        caller.flight.run(work).await
    }
}

/// Removes the key from the group when its last caller has its answer or is dropped.
struct Caller<'a, K: Copy + Eq + Hash, T> {
    group: &'a SingleFlightGroup<K, T>,
    key: K,
    flight: Arc<SingleFlight<T>>,
}

impl<K: Copy + Eq + Hash, T> Drop for Caller<'_, K, T> {
    fn drop(&mut self) {
        let mut flights = self.group.0.lock();
        // One reference is the map's, one is this caller's.
        if Arc::strong_count(&self.flight) == 2 {
            flights.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waiting_callers_share_the_next_execution_and_not_the_running_one() {
        let (flight, count) = (Arc::new(SingleFlight::default()), Arc::new(AtomicU64::new(0)));
        let (open, gate) = tokio::sync::watch::channel(false);
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (flight, count, mut gate) = (Arc::clone(&flight), Arc::clone(&count), gate.clone());
            waiting.spawn(async move {
                flight
                    .run(async || {
                        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                        gate.wait_for(|is_open| *is_open).await.map(|_| number)
                    })
                    .await
            });
            tokio::task::yield_now().await;
        }
        open.send(true).unwrap();
        let mut results: Vec<u64> = waiting.join_all().await.into_iter().map(Result::unwrap).collect();
        results.sort_unstable();
        // The first ran for itself, the second for all callers that came while the first ran.
        assert_eq!(results, [1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn failed_execution_is_not_shared() {
        let flight = SingleFlight::default();
        assert_eq!(flight.run(async || Err("gone")).await, Err("gone"));
        assert_eq!(flight.run(async || Ok::<_, &str>(())).await, Ok(()));
    }

    #[tokio::test]
    async fn group_shares_by_key_and_forgets_keys_that_nobody_waits_for() {
        let group = Arc::new(SingleFlightGroup::<u8, u8>::default());
        let (open, gate) = tokio::sync::watch::channel(false);
        let mut waiting = tokio::task::JoinSet::new();
        for key in [1, 1, 1, 2] {
            let (group, mut gate) = (Arc::clone(&group), gate.clone());
            waiting.spawn(async move {
                group.run(key, async || gate.wait_for(|is_open| *is_open).await.map(|_| key)).await
            });
            tokio::task::yield_now().await;
        }
        assert_eq!(group.0.lock().len(), 2);
        let cancelled = group.run(3, async || std::future::pending::<Result<u8, ()>>().await);
        assert!(tokio::time::timeout(std::time::Duration::ZERO, cancelled).await.is_err());
        open.send(true).unwrap();
        let results: Vec<u8> = waiting.join_all().await.into_iter().map(Result::unwrap).collect();
        assert_eq!(results.iter().map(|&key| u32::from(key)).sum::<u32>(), 5);
        assert!(group.0.lock().is_empty(), "keys are left behind");
    }
}
