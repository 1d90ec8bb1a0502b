//! Group commit for new keys: requests that arrive while a transaction is being committed share the next one, because
//! waiting for the disk takes longer than all other work. Each request is checked by itself, has its own audit row and
//! its own result, and no result is sent before its key is durable.

use super::idempotency::IdempotencyKey;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::context::Context;
use crate::error::Error;
use domain::key::PublicId;
use gate::Gate;
use parking_lot::Mutex;
use serde_json::json;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::slice;
use std::sync::Arc;
use store::{KeyRow, KeySecretRow, NewKey, Tx};
use tokio::sync::oneshot;

/// The most keys in one transaction, which bounds the wait of other writers.
const BATCH: usize = 64;

/// A key to be created.
pub(super) struct PendingCreate {
    pub(super) actor: Actor,
    /// The most keys that the account may have.
    pub(super) limit: usize,
    pub(super) new: NewKey,
    pub(super) secret: KeySecretRow,
    pub(super) idempotency_key: Option<IdempotencyKey>,
}

/// The row of a key, and whether it was created now; `false` for a repeat.
type Creation = (KeyRow, bool);
type Outcome = Result<Creation, Error>;

struct Waiting {
    pending: PendingCreate,
    reply: oneshot::Sender<Outcome>,
}

/// The queue of keys to be created.
pub(super) struct CreateBatch {
    context: Arc<Context>,
    gate: Arc<Gate>,
    queue: Mutex<Vec<Waiting>>,
    /// Held by the request that commits for all.
    leader: tokio::sync::Mutex<()>,
}

impl CreateBatch {
    pub(super) fn new(context: Arc<Context>, gate: Arc<Gate>) -> Self {
        Self { context, gate, queue: Mutex::default(), leader: tokio::sync::Mutex::default() }
    }

    /// Creates a key. If the idempotency key is a repeat, nothing changes, and the result is the existing key with
    /// `false`. To be called in a detached task, because the leader works for other requests too.
    pub(super) async fn create(&self, pending: PendingCreate) -> Outcome {
        let mut reply = self.enqueue(pending);
        loop {
            tokio::select! {
                // The reply first: a request that has its result must not continue as leader.
                biased;
                outcome = &mut reply => return outcome.unwrap_or(Err(Error::Internal)),
                _leader = self.leader.lock() => self.process_queue().await,
            }
        }
    }

    fn enqueue(&self, pending: PendingCreate) -> oneshot::Receiver<Outcome> {
        let (reply, receiver) = oneshot::channel();
        self.queue.lock().push(Waiting { pending, reply });
        receiver
    }

    /// Removes the requests that have waited longest.
    fn dequeue(&self) -> Vec<Waiting> {
        let mut queue = self.queue.lock();
        let count = queue.len().min(BATCH);
        queue.drain(..count).collect()
    }

    async fn process_queue(&self) {
        let (batch, replies): (Vec<_>, Vec<_>) =
            self.dequeue().into_iter().map(|waiting| (waiting.pending, waiting.reply)).unzip();
        for (reply, outcome) in replies.into_iter().zip(self.process(&batch).await) {
            // The receiver is gone only if the process is about to end.
            let _ = reply.send(outcome);
        }
    }

    async fn process(&self, batch: &[PendingCreate]) -> Vec<Outcome> {
        match self.write(batch).await {
            Ok((tx, outcomes)) => match self.commit(tx, batch, &outcomes).await {
                Ok(()) => outcomes,
                Err(error) => vec![Err(error); batch.len()],
            },
            // Everything was rolled back. One faulty request must not fail the others, so each is processed alone.
            Err(Error::Internal) if batch.len() > 1 => {
                let mut outcomes = Vec::with_capacity(batch.len());
                for pending in batch {
                    outcomes.extend(Box::pin(self.process(slice::from_ref(pending))).await);
                }
                outcomes
            }
            Err(error) => vec![Err(error); batch.len()],
        }
    }

    /// Writes everything without committing. An error concerns the whole transaction; refused requests are among the
    /// outcomes.
    async fn write(&self, batch: &[PendingCreate]) -> Result<(Tx, Vec<Outcome>), Error> {
        let mut tx = self.context.store.begin().await?;
        // Also serializes processes that race for an account's last free key.
        let generation = tx.next_generation().await?;
        let mut counts = KeyCounts::default();
        let (mut outcomes, mut events) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for pending in batch {
            let outcome = pending.write(&mut tx, generation, &mut counts).await?;
            if is_new(&outcome) {
                events.push(pending.event());
            }
            outcomes.push(outcome);
        }
        if !events.is_empty() {
            self.context.audit.append_all(&mut tx, events).await?;
        }
        Ok((tx, outcomes))
    }

    async fn commit(&self, tx: Tx, batch: &[PendingCreate], outcomes: &[Outcome]) -> Result<(), Error> {
        let created: Vec<_> = batch.iter().zip(outcomes).filter(|(_, outcome)| is_new(outcome)).collect();
        if created.is_empty() {
            return Ok(());
        }
        let committed = tx.commit().await;
        // Also after an error: the database may have committed and only its answer been lost.
        for (pending, _) in created {
            if let Some(id) = PublicId::parse(&pending.secret.public_id) {
                self.gate.add_id(&id);
            }
        }
        Ok(committed?)
    }
}

fn is_new(outcome: &Outcome) -> bool {
    matches!(outcome, Ok((_, true)))
}

impl PendingCreate {
    /// Either refuses the request before anything is written, or writes everything.
    async fn write(&self, tx: &mut Tx, generation: i64, counts: &mut KeyCounts) -> Result<Outcome, Error> {
        let account_id = self.new.account_id.as_str();
        if let Some(key) = &self.idempotency_key {
            match key.find_created(tx, &self.actor).await {
                Ok(None) => {}
                Ok(Some(created)) => {
                    let row = tx.keys().find(account_id, &created).await?;
                    return Ok(row.map(|row| (row, false)).ok_or(Error::NotFound));
                }
                Err(Error::IdempotencyKeyReused) => return Ok(Err(Error::IdempotencyKeyReused)),
                Err(error) => return Err(error),
            }
        }
        let Some(count) = counts.get(tx, account_id).await? else { return Ok(Err(Error::NotFound)) };
        if *count >= self.limit {
            return Ok(Err(Error::TooManyKeys { limit: self.limit }));
        }
        let new = NewKey { generation, ..self.new.clone() };
        tx.keys().insert(&new, &self.secret).await?;
        if let Some(key) = &self.idempotency_key {
            key.record(tx, &self.actor, &new.id, new.created_at).await?;
        }
        *count += 1;
        Ok(Ok((KeyRow::from_new(&new, &self.secret), true)))
    }

    fn event(&self) -> AuditEvent<'_> {
        let new = &self.new;
        AuditEvent {
            at: new.created_at,
            account_id: &new.account_id,
            actor: &self.actor,
            action: "key.create",
            key_id: Some(&new.id),
            details: json!({
                "name": new.name, "environment": new.environment,
                "whitelist": new.whitelist, "privileges": new.privileges,
                "limits": new.limits, "expires_at": new.expires_at,
            }),
        }
    }
}

/// The number of keys of each account in a transaction, counted once and then kept up to date.
#[derive(Default)]
struct KeyCounts(HashMap<String, Option<usize>>);

impl KeyCounts {
    /// `None` if there is no such account.
    async fn get(&mut self, tx: &mut Tx, account_id: &str) -> Result<Option<&mut usize>, Error> {
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
