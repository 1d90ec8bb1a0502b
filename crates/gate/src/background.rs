//! The gate's periodic work: following changes, writing last uses, filling the id filter, returning unused leases,
//! ending watches.

use crate::freshness;
use crate::gate::Gate;
use crate::last_uses;
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use tokio::time::MissedTickBehavior;

const FILL_INTERVAL: Duration = Duration::from_secs(1);
const SWEEP_INTERVAL: Duration = Duration::from_mins(1);

impl Gate {
    /// Starts the periodic work, which runs until the process ends.
    pub fn start_background(self: &Arc<Self>) {
        self.every(freshness::INTERVAL, |gate| async move {
            if let Err(error) = gate.catch_up().await {
                tracing::warn!(%error, "could not look for changes");
            }
        });
        self.every(last_uses::INTERVAL, |gate| async move {
            if let Err(error) = gate.write_uses(true).await {
                tracing::warn!(%error, "could not write when keys were used; it is tried again");
            }
        });
        self.every(FILL_INTERVAL, |gate| async move {
            if let Err(error) = gate.ids.fill(&gate.store).await {
                tracing::warn!(%error, "could not read which keys there are; unknown ones are looked up");
            }
        });
        self.every(SWEEP_INTERVAL, |gate| async move {
            gate.quota.close_unused();
            gate.watches.drop_ended(gate.clock.now());
        });
    }

    /// Returns unused leases and writes last uses: what must reach the database before the process ends.
    ///
    /// # Errors
    /// The last uses cannot be written.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.quota.close().await;
        self.write_uses(false).await
    }

    async fn write_uses(&self, with_pauses: bool) -> Result<(), StoreError> {
        self.keys.write_uses(&self.store, with_pauses).await?;
        self.retired_uses.write(&self.store).await
    }

    fn every<F>(self: &Arc<Self>, period: Duration, work: impl Fn(Arc<Self>) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send,
    {
        let gate = Arc::clone(self);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                work(Arc::clone(&gate)).await;
            }
        });
    }
}
