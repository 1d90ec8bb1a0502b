//! Leases of quota from the database. One task serves all waiting calls in one transaction: a thousand keys whose
//! window has just begun cost one commit.

use super::counter::{ChargeOutcome, LeaseRequest, QuotaCounter, UnusedLease};
use super::counters::ClosedCounter;
use domain::time::Millis;
use std::sync::Arc;
use store::{QuotaGrant, QuotaRequest, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// Backpressure: with this many commands waiting, further calls are refused.
const QUEUE: usize = 10_000;
/// Commands in one transaction; a small number keeps other writers' waits short.
const BATCH: usize = 200;

/// Sends commands to the task that leases.
pub(super) struct LeaseClient {
    commands: mpsc::Sender<LeaseCommand>,
}

enum LeaseCommand {
    Acquire {
        counter: Arc<QuotaCounter>,
        requests: Vec<LeaseRequest>,
        now: Millis,
        done: oneshot::Sender<bool>,
    },
    GiveBack(ClosedCounter),
    /// Answered when every earlier command is done.
    Flush(oneshot::Sender<bool>),
}

/// The database does not answer, or too many calls wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeaseError;

impl LeaseClient {
    /// Starts the task; it ends when the client is dropped.
    pub(super) fn start(store: Store) -> Self {
        let (commands, incoming) = mpsc::channel(QUEUE);
        tokio::spawn(serve(store, incoming));
        Self { commands }
    }

    /// Charges the cost of a call to its counter, acquiring a lease first if too little is left.
    pub(super) async fn charge(
        &self,
        counter: &Arc<QuotaCounter>,
        cost: u32,
        now: Millis,
    ) -> Result<ChargeOutcome, LeaseError> {
        match counter.charge(cost, now) {
            ChargeOutcome::NeedsLease(_) => Box::pin(self.acquire_and_charge(counter, cost, now)).await,
            outcome => Ok(outcome),
        }
    }

    async fn acquire_and_charge(
        &self,
        counter: &Arc<QuotaCounter>,
        cost: u32,
        now: Millis,
    ) -> Result<ChargeOutcome, LeaseError> {
        let _acquiring = counter.acquiring.lock().await;
        // Twice, because the first lease may be for a window that another node's clock has already ended.
        for _ in 0..2 {
            // Another call may have acquired a lease while this one waited for the lock.
            match counter.charge(cost, now) {
                ChargeOutcome::NeedsLease(requests) => self.acquire(counter, requests, now).await?,
                outcome => return Ok(outcome),
            }
        }
        match counter.charge(cost, now) {
            ChargeOutcome::NeedsLease(_) => Err(LeaseError),
            outcome => Ok(outcome),
        }
    }

    /// Returns the unused leases of a closed counter. Never waits: if the queue is full, they stay counted as used.
    pub(super) fn give_back(&self, closed: ClosedCounter) {
        if !closed.unused.is_empty() && self.commands.try_send(LeaseCommand::GiveBack(closed)).is_err() {
            tracing::warn!("unused quota of a key could not be returned");
        }
    }

    /// Waits until every command sent so far is done.
    pub(super) async fn flush(&self) {
        let (done, finished) = oneshot::channel();
        if self.commands.send(LeaseCommand::Flush(done)).await.is_ok() {
            let _ = finished.await;
        }
    }

    async fn acquire(
        &self,
        counter: &Arc<QuotaCounter>,
        requests: Vec<LeaseRequest>,
        now: Millis,
    ) -> Result<(), LeaseError> {
        let (done, finished) = oneshot::channel();
        let command = LeaseCommand::Acquire { counter: Arc::clone(counter), requests, now, done };
        self.commands.try_send(command).map_err(|_| LeaseError)?;
        if finished.await.unwrap_or(false) { Ok(()) } else { Err(LeaseError) }
    }
}

async fn serve(store: Store, mut incoming: mpsc::Receiver<LeaseCommand>) {
    let mut commands = Vec::with_capacity(BATCH);
    while incoming.recv_many(&mut commands, BATCH).await > 0 {
        let grants = execute(&store, &commands).await;
        if let Err(error) = &grants {
            tracing::warn!(%error, "the database granted no quota; calls that need it are refused");
        }
        let rejected = deliver(&mut commands, grants.ok());
        if !rejected.is_empty()
            && let Err(error) = execute(&store, &rejected).await
        {
            tracing::warn!(%error, "unused quota of a key could not be returned");
        }
    }
}

/// Hands the grants to the counters and wakes the waiting calls. `None` if the transaction failed. The result returns
/// what counters could not accept.
fn deliver(commands: &mut Vec<LeaseCommand>, grants: Option<Vec<QuotaGrant>>) -> Vec<LeaseCommand> {
    let is_done = grants.is_some();
    let mut grants = grants.unwrap_or_default().into_iter();
    let mut rejected = Vec::new();
    for command in commands.drain(..) {
        match command {
            LeaseCommand::Acquire { counter, requests, now, done } => {
                let unused = requests
                    .iter()
                    .zip(grants.by_ref())
                    .filter_map(|(request, grant)| counter.deposit(request, &grant, now));
                let unused: Vec<UnusedLease> = unused.filter(|unused| unused.amount > 0).collect();
                if !unused.is_empty() {
                    rejected.push(LeaseCommand::GiveBack(ClosedCounter { key_id: counter.key_id.clone(), unused }));
                }
                // The caller may be gone; the lease is in its counter all the same.
                let _ = done.send(is_done);
            }
            LeaseCommand::GiveBack(_) => {}
            LeaseCommand::Flush(done) => drop(done.send(is_done)),
        }
    }
    rejected
}

/// Executes the commands in one transaction, all or none. The grants are in the order of the requests.
async fn execute(store: &Store, commands: &[LeaseCommand]) -> Result<Vec<QuotaGrant>, StoreError> {
    if commands.iter().all(|command| matches!(command, LeaseCommand::Flush(_))) {
        return Ok(Vec::new());
    }
    let mut tx = store.begin().await?;
    let mut grants = Vec::new();
    for command in commands {
        match command {
            LeaseCommand::Acquire { counter, requests, .. } => {
                for request in requests {
                    let request = QuotaRequest {
                        key_id: &counter.key_id,
                        meter: request.meter.as_str(),
                        period: request.period,
                        wanted: to_stored(request.amount),
                        limit: to_stored(request.limit),
                    };
                    grants.push(tx.quotas().reserve(&request).await?);
                }
            }
            LeaseCommand::GiveBack(ClosedCounter { key_id, unused }) => {
                for UnusedLease { meter, period, amount } in unused {
                    tx.quotas().release(key_id, meter.as_str(), *period, to_stored(*amount)).await?;
                }
            }
            LeaseCommand::Flush(_) => {}
        }
    }
    tx.commit().await?;
    Ok(grants)
}

/// Limits are far below the largest value of a column.
fn to_stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
