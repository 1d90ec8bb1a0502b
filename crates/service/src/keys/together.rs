//! Making keys: those who ask while another one is being made share the next transaction, because waiting for the disk
//! takes longer than all the rest. Each is checked for itself, has its own row in the audit and its own answer, and
//! nobody is answered before what they asked for is on the disk.

use super::repeat::Repeat;
use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::key::PublicId;
use parking_lot::Mutex;
use serde_json::json;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::slice;
use store::{KeyRow, KeySecretRow, NewKey, Tx};
use tokio::sync::oneshot;

/// The most keys of one transaction: whoever changes something else waits for it.
const TOGETHER: usize = 64;

/// A key to be made.
pub(super) struct Order {
    pub(super) actor: Actor,
    /// The most keys that its account may have.
    pub(super) limit: usize,
    pub(super) new: NewKey,
    pub(super) secret: KeySecretRow,
    pub(super) repeat: Option<Repeat>,
}

/// The row of a key that was made, and whether it was made now; `false` for a repeat.
type Made = (KeyRow, bool);
type Outcome = Result<Made, Error>;

struct Waiting {
    order: Order,
    answer: oneshot::Sender<Outcome>,
}

/// Those who wait for their key.
#[derive(Default)]
pub(crate) struct Orders {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Orders {
    fn put(&self, order: Order) -> oneshot::Receiver<Outcome> {
        let (answer, answered) = oneshot::channel();
        self.waiting.lock().push(Waiting { order, answer });
        answered
    }

    /// Those who have waited longest.
    fn take(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock();
        let count = waiting.len().min(TOGETHER);
        waiting.drain(..count).collect()
    }
}

impl Keyhatch {
    /// Makes a key, unless it is a repeat of a creation that was done already: then nothing is changed, and the key that
    /// it made is answered, with `false`. To be called in [`Self::finish`]: whoever has the turn works for others too.
    pub(super) async fn make(&self, order: Order) -> Outcome {
        let mut answered = self.orders().put(order);
        loop {
            tokio::select! {
                // The answer first: whoever has one must not work on for others.
                biased;
                outcome = &mut answered => return outcome.unwrap_or(Err(Error::Internal)),
                _turn = self.orders().turn.lock() => self.make_waiting().await,
            }
        }
    }

    async fn make_waiting(&self) {
        let (orders, answers): (Vec<_>, Vec<_>) =
            self.orders().take().into_iter().map(|waiting| (waiting.order, waiting.answer)).unzip();
        for (answer, outcome) in answers.into_iter().zip(self.make_all(&orders).await) {
            // Nobody waits for it if the process is about to end.
            let _ = answer.send(outcome);
        }
    }

    async fn make_all(&self, orders: &[Order]) -> Vec<Outcome> {
        match self.write(orders).await {
            Ok((tx, outcomes)) => match self.settle(tx, orders, &outcomes).await {
                Ok(()) => outcomes,
                Err(error) => vec![Err(error); orders.len()],
            },
            // All is undone. What is wrong with one of them must not be the others' loss, so each is done for itself.
            Err(Error::Internal) if orders.len() > 1 => {
                let mut outcomes = Vec::with_capacity(orders.len());
                for order in orders {
                    outcomes.extend(Box::pin(self.make_all(slice::from_ref(order))).await);
                }
                outcomes
            }
            Err(error) => vec![Err(error); orders.len()],
        }
    }

    /// Writes everything but the commit. An error is one of the whole transaction; who is refused is among the outcomes.
    async fn write(&self, orders: &[Order]) -> Result<(Tx, Vec<Outcome>), Error> {
        let mut tx = self.store().begin().await?;
        // Also the lock that makes racers of other processes for the last free place wait for each other.
        let generation = tx.next_generation().await?;
        let mut counts = Counts::default();
        let (mut outcomes, mut events) = (Vec::with_capacity(orders.len()), Vec::with_capacity(orders.len()));
        for order in orders {
            let outcome = order.write_in(&mut tx, generation, &mut counts).await?;
            if is_new(&outcome) {
                events.push(order.event());
            }
            outcomes.push(outcome);
        }
        if !events.is_empty() {
            self.chain().append_all(&mut tx, events).await?;
        }
        Ok((tx, outcomes))
    }

    async fn settle(&self, tx: Tx, orders: &[Order], outcomes: &[Outcome]) -> Result<(), Error> {
        let made: Vec<_> = orders.iter().zip(outcomes).filter(|(_, outcome)| is_new(outcome)).collect();
        if made.is_empty() {
            return Ok(());
        }
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only the answer was lost.
        for (order, _) in made {
            if let Some(id) = PublicId::parse(&order.secret.public_id) {
                self.known().add(&id);
            }
        }
        Ok(committed?)
    }
}

fn is_new(outcome: &Outcome) -> bool {
    matches!(outcome, Ok((_, true)))
}

impl Order {
    /// Either refuses before anything is written, or writes everything.
    async fn write_in(&self, tx: &mut Tx, generation: i64, counts: &mut Counts) -> Result<Outcome, Error> {
        let account_id = self.new.account_id.as_str();
        if let Some(repeat) = &self.repeat {
            match repeat.find_in(tx, &self.actor).await {
                Ok(None) => {}
                Ok(Some(made)) => {
                    let row = tx.keys().find(account_id, &made).await?;
                    return Ok(row.map(|row| (row, false)).ok_or(Error::NotFound));
                }
                Err(Error::RepeatDiffers) => return Ok(Err(Error::RepeatDiffers)),
                Err(error) => return Err(error),
            }
        }
        let Some(count) = counts.of(tx, account_id).await? else { return Ok(Err(Error::NotFound)) };
        if *count >= self.limit {
            return Ok(Err(Error::TooManyKeys { limit: self.limit }));
        }
        let new = NewKey { generation, ..self.new.clone() };
        tx.keys().insert(&new, &self.secret).await?;
        if let Some(repeat) = &self.repeat {
            repeat.note_in(tx, &self.actor, &new.id, new.created_at).await?;
        }
        *count += 1;
        Ok(Ok((KeyRow::from_new(&new, &self.secret), true)))
    }

    fn event(&self) -> Event<'_> {
        let new = &self.new;
        Event {
            at: new.created_at,
            account_id: &new.account_id,
            actor: &self.actor,
            action: "key.issue",
            key_id: Some(&new.id),
            details: json!({
                "name": new.name, "environment": new.environment,
                "whitelist": new.whitelist, "privileges": new.privileges,
                "limits": new.limits, "expires_at": new.expires_at,
            }),
        }
    }
}

/// How many keys each account of a transaction has, counted once; exact until the transaction ends.
#[derive(Default)]
struct Counts(HashMap<String, Option<usize>>);

impl Counts {
    /// `None` if there is no such account.
    async fn of(&mut self, tx: &mut Tx, account_id: &str) -> Result<Option<&mut usize>, Error> {
        let count = match self.0.entry(account_id.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(match tx.accounts().find(account_id).await? {
                Some(_) => Some(usize::try_from(tx.keys().count(account_id).await?).unwrap_or(usize::MAX)),
                None => None,
            }),
        };
        Ok(count.as_mut())
    }
}
