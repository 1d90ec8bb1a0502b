//! Takes of limits from the database, for all calls that wait at once in one transaction: a thousand keys whose second
//! has just begun cost one commit.

use super::counter::{Counter, Taken, Unused, Wish};
use super::counters::Closed;
use domain::time::Millis;
use std::sync::Arc;
use store::{QuotaRequest, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// More calls than this do not wait; they are turned away.
const WAITING: usize = 10_000;
/// Orders in one transaction, so that a change to a key need not wait long for its turn.
const AT_ONCE: usize = 200;

/// Where orders are placed.
pub(crate) struct Takings {
    orders: mpsc::Sender<Order>,
}

enum Order {
    Fill {
        counter: Arc<Counter>,
        wishes: Vec<Wish>,
        now: Millis,
        done: oneshot::Sender<bool>,
    },
    GiveBack(Closed),
    /// Answered when everything before it is done.
    Flush(oneshot::Sender<bool>),
}

/// The database does not answer, or too many wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Untaken;

impl Takings {
    /// Starts working; ends when this is dropped.
    pub fn start(store: Store) -> Self {
        let (orders, incoming) = mpsc::channel(WAITING);
        tokio::spawn(work(store, incoming));
        Self { orders }
    }

    /// Takes the cost of a call, waiting for the database where too little is held.
    pub async fn take(&self, counter: &Arc<Counter>, cost: u32, now: Millis) -> Result<Taken, Untaken> {
        match counter.take(cost, now) {
            Taken::Short(_) => Box::pin(self.take_in_turn(counter, cost, now)).await,
            taken => Ok(taken),
        }
    }

    async fn take_in_turn(&self, counter: &Arc<Counter>, cost: u32, now: Millis) -> Result<Taken, Untaken> {
        let _turn = counter.filling.lock().await;
        // Twice: what the first filling brought may be of a window that another node's clock has ended.
        for _ in 0..2 {
            // While waiting for the turn, another call may have filled the purses.
            match counter.take(cost, now) {
                Taken::Short(wishes) => self.fill(counter, wishes, now).await?,
                taken => return Ok(taken),
            }
        }
        match counter.take(cost, now) {
            Taken::Short(_) => Err(Untaken),
            taken => Ok(taken),
        }
    }

    /// Gives back what an ended counter held. Never waits: if there is no room, it stays counted as used.
    pub fn give_back(&self, closed: Closed) {
        if !closed.unused.is_empty() && self.orders.try_send(Order::GiveBack(closed)).is_err() {
            tracing::warn!("what a key did not use of its limits could not be given back");
        }
    }

    /// Waits until everything that was ordered is done.
    pub async fn flush(&self) {
        let (done, finished) = oneshot::channel();
        if self.orders.send(Order::Flush(done)).await.is_ok() {
            let _ = finished.await;
        }
    }

    async fn fill(&self, counter: &Arc<Counter>, wishes: Vec<Wish>, now: Millis) -> Result<(), Untaken> {
        let (done, finished) = oneshot::channel();
        let order = Order::Fill { counter: Arc::clone(counter), wishes, now, done };
        self.orders.try_send(order).map_err(|_| Untaken)?;
        if finished.await.unwrap_or(false) { Ok(()) } else { Err(Untaken) }
    }
}

async fn work(store: Store, mut incoming: mpsc::Receiver<Order>) {
    let mut orders = Vec::with_capacity(AT_ONCE);
    while incoming.recv_many(&mut orders, AT_ONCE).await > 0 {
        let grants = carry_out(&store, &orders).await;
        if let Err(error) = &grants {
            tracing::warn!(%error, "the database did not hand out what keys may use; their calls are turned away");
        }
        let is_done = grants.is_ok();
        let mut late = Vec::new();
        let mut grants = grants.unwrap_or_default().into_iter();
        for order in orders.drain(..) {
            match order {
                Order::Fill { counter, wishes, now, done } => {
                    let unused =
                        wishes.iter().zip(grants.by_ref()).filter_map(|(wish, grant)| counter.put(wish, &grant, now));
                    let unused: Vec<Unused> = unused.filter(|unused| unused.amount > 0).collect();
                    if !unused.is_empty() {
                        late.push(Order::GiveBack(Closed { key_id: counter.key_id.clone(), unused }));
                    }
                    // Whoever asked may have gone; what was taken is in the purses all the same.
                    let _ = done.send(is_done);
                }
                Order::GiveBack(_) => {}
                Order::Flush(done) => drop(done.send(is_done)),
            }
        }
        if !late.is_empty()
            && let Err(error) = carry_out(&store, &late).await
        {
            tracing::warn!(%error, "what a key did not use of its limits could not be given back");
        }
    }
}

/// One transaction: all or nothing is given. The grants come in the order of the wishes.
async fn carry_out(store: &Store, orders: &[Order]) -> Result<Vec<store::QuotaGrant>, StoreError> {
    if orders.iter().all(|order| matches!(order, Order::Flush(_))) {
        return Ok(Vec::new());
    }
    let mut tx = store.begin().await?;
    let mut grants = Vec::new();
    for order in orders {
        match order {
            Order::Fill { counter, wishes, .. } => {
                for wish in wishes {
                    let wish = QuotaRequest {
                        key_id: &counter.key_id,
                        meter: wish.meter.as_str(),
                        period: wish.period,
                        wanted: signed(wish.wanted),
                        limit: signed(wish.limit),
                    };
                    grants.push(tx.quotas().reserve(&wish).await?);
                }
            }
            Order::GiveBack(Closed { key_id, unused }) => {
                for Unused { meter, period, amount } in unused {
                    tx.quotas().release(key_id, meter.as_str(), *period, signed(*amount)).await?;
                }
            }
            Order::Flush(_) => {}
        }
    }
    tx.commit().await?;
    Ok(grants)
}

/// Limits end far below what a row can hold.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
