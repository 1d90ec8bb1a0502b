//! Single-flight: callers that arrive before an execution starts share its result.

use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the executions and runs one at a time.
#[derive(Default)]
pub(crate) struct SingleFlight {
    started: AtomicU64,
    last_succeeded: AtomicU64,
    running: tokio::sync::Mutex<()>,
}

impl SingleFlight {
    /// Returns once an execution of `work` that started after this call has succeeded; runs one unless another caller
    /// does.
    ///
    /// # Errors
    /// The error of this caller's own execution. Other callers' failures are not shared.
    pub(crate) async fn run<E>(&self, work: impl AsyncFnOnce() -> Result<(), E>) -> Result<(), E> {
        let started_before = self.started.load(Ordering::Acquire);
        let _running = self.running.lock().await;
        if self.last_succeeded.load(Ordering::Acquire) > started_before {
            return Ok(());
        }
        let number = self.started.fetch_add(1, Ordering::AcqRel) + 1;
        work().await?;
        self.last_succeeded.store(number, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

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
                        count.fetch_add(1, Ordering::SeqCst);
                        gate.wait_for(|is_open| *is_open).await.map(drop)
                    })
                    .await
            });
            tokio::task::yield_now().await;
        }
        open.send(true).unwrap();
        assert!(waiting.join_all().await.iter().all(Result::is_ok));
        // The first ran for itself, the second for all callers that came while the first ran.
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn failed_execution_is_not_shared() {
        let flight = SingleFlight::default();
        assert_eq!(flight.run(async || Err("gone")).await, Err("gone"));
        assert_eq!(flight.run(async || Ok::<_, &str>(())).await, Ok(()));
    }
}
