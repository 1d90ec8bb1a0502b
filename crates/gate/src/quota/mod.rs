//! Quotas: counting calls against the limits of keys, exactly in each window across all nodes, and never more than
//! allowed after a crash.
//!
//! A node leases part of a limit from the database in advance, counts in memory while the lease lasts, and returns the
//! rest when it stops or the key changes. A lease that is lost in a crash stays counted. The limits themselves belong
//! to `domain::limits`.

mod counter;
mod counters;
mod lease_client;

pub(crate) use counter::{ChargeOutcome, QuotaCounter};

use counters::QuotaCounters;
use domain::explain::LimitStatus;
use domain::limits::{Allowance, Limits};
use domain::time::Millis;
use lease_client::{LeaseClient, LeaseError};
use std::sync::Arc;
use store::{Store, StoreError};

/// The counters of all keys in use, and the leases that fill them.
pub(crate) struct Quota {
    counters: QuotaCounters,
    leases: LeaseClient,
}

impl Quota {
    /// Starts the task that leases from the database; it ends when the quota is dropped.
    pub(crate) fn start(store: Store) -> Self {
        Self { counters: QuotaCounters::default(), leases: LeaseClient::start(store) }
    }

    /// The counter of a key with these limits; `None` if it has none. A counter with other limits is closed.
    pub(crate) fn counter(&self, key_id: &str, limits: Limits) -> Option<Arc<QuotaCounter>> {
        let (counter, closed) = self.counters.get_or_create(key_id, limits);
        if let Some(closed) = closed {
            self.leases.give_back(closed);
        }
        counter
    }

    /// Charges the cost of a call, waiting for a lease if too little is left in memory.
    pub(crate) async fn charge(
        &self,
        counter: &Arc<QuotaCounter>,
        cost: u32,
        now: Millis,
    ) -> Result<ChargeOutcome, LeaseError> {
        self.leases.charge(counter, cost, now).await
    }

    /// Closes the counters that no cached key refers to any more.
    pub(crate) fn close_unused(&self) {
        self.counters.close_unused().into_iter().for_each(|closed| self.leases.give_back(closed));
    }

    /// Closes all counters and waits until their unused leases are returned.
    pub(crate) async fn close(&self) {
        self.counters.close_all().into_iter().for_each(|closed| self.leases.give_back(closed));
        self.leases.flush().await;
    }

    /// The state of a key's limits at `now`: what all nodes have leased, less what this node has not used yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn status(
        &self,
        store: &Store,
        key_id: &str,
        limits: &Limits,
        now: Millis,
    ) -> Result<Vec<LimitStatus>, StoreError> {
        if limits.is_empty() {
            return Ok(Vec::new());
        }
        let rows = store.quotas().list_by_key(key_id).await?;
        let unused = self.counters.find(key_id).map(|counter| counter.unused(now)).unwrap_or_default();
        let status = |allowance: &Allowance| {
            let period = allowance.meter.period(now);
            let row = rows.iter().find(|row| row.meter == allowance.meter.as_str() && row.period == period.start);
            let leased = row.map_or(0, |row| u64::try_from(row.used).unwrap_or(0));
            let unused = unused.iter().find(|unused| (unused.meter, unused.period) == (allowance.meter, period.start));
            let used = leased.saturating_sub(unused.map_or(0, |unused| unused.amount));
            let left = allowance.limit.saturating_sub(used);
            LimitStatus { allowance: *allowance, left, resets_at: period.end }
        };
        Ok(limits.allowances().iter().map(status).collect())
    }
}
