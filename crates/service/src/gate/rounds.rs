//! One look at the database for everybody who waits for one: a round that began after a question was asked answers it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the rounds.
#[derive(Default)]
pub(crate) struct Rounds {
    begun: AtomicU64,
    last_good: AtomicU64,
    turn: tokio::sync::Mutex<()>,
}

impl Rounds {
    /// Waits until a round that began after this call has ended well; runs one if nobody else did.
    pub async fn after_now<E>(&self, round: impl AsyncFnOnce() -> Result<(), E>) -> Result<(), E> {
        let asked = self.begun.load(Ordering::Acquire);
        let _turn = self.turn.lock().await;
        if self.last_good.load(Ordering::Acquire) > asked {
            return Ok(());
        }
        let number = self.begun.fetch_add(1, Ordering::AcqRel) + 1;
        round().await?;
        self.last_good.store(number, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn whoever_waits_shares_the_next_round_and_not_the_one_that_runs() {
        let (rounds, count) = (Arc::new(Rounds::default()), Arc::new(AtomicU64::new(0)));
        let (open, gate) = tokio::sync::watch::channel(false);
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (rounds, count, mut gate) = (Arc::clone(&rounds), Arc::clone(&count), gate.clone());
            waiting.spawn(async move {
                rounds
                    .after_now(async || {
                        count.fetch_add(1, Ordering::SeqCst);
                        gate.wait_for(|is_open| *is_open).await.map(drop)
                    })
                    .await
            });
            tokio::task::yield_now().await;
        }
        open.send(true).unwrap();
        assert!(waiting.join_all().await.iter().all(Result::is_ok));
        // The first ran for itself, the second for all who came while the first ran.
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_round_that_failed_answers_nobody() {
        let rounds = Rounds::default();
        assert_eq!(rounds.after_now(async || Err("gone")).await, Err("gone"));
        assert_eq!(rounds.after_now(async || Ok::<_, &str>(())).await, Ok(()));
    }
}
