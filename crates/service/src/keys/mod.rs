//! The API keys of an account, in three services: [`Keys`] (create, find, list, update, disable, enable, delete),
//! [`KeySecrets`] (rotate) and [`KeyCalls`] (explain a call, wait for the first one). One file for each use case.

mod allow_address;
mod create;
mod create_batch;
mod delete;
mod enable;
mod explain;
mod first_call;
mod history;
mod idempotency;
mod key_pdf;
mod list;
mod rotate;
mod secret;
mod undo_update;
mod update;
mod view;

pub use create::{CreatedKey, FormCreation, IdempotentCreation};
pub use history::{History, HistoryEntry};
pub(crate) use idempotency::IDEMPOTENCY_LIFETIME;
pub use idempotency::IdempotencyKey;
pub use list::PageRequest;

use crate::context::Context;
use crate::error::{Error, invalid};
use crate::ledger::Ledger;
use create_batch::CreateBatch;
use domain::lifecycle::BULK_MAX;
use gate::Gate;
use std::sync::Arc;
use store::{KeyRow, Tx};

/// The API keys of an account: creating, finding, updating, disabling, enabling and deleting them.
#[derive(Clone)]
pub struct Keys {
    context: Arc<Context>,
    gate: Arc<Gate>,
    ledger: Ledger,
    batch: Arc<CreateBatch>,
}

impl Keys {
    pub(crate) fn new(context: Arc<Context>, gate: Arc<Gate>, ledger: Ledger) -> Self {
        let batch = Arc::new(CreateBatch::new(Arc::clone(&context), Arc::clone(&gate)));
        Self { context, gate, ledger, batch }
    }
}

/// The secrets of a key: rotating it, and what happens to the old secret.
#[derive(Clone)]
pub struct KeySecrets {
    context: Arc<Context>,
    gate: Arc<Gate>,
    ledger: Ledger,
}

impl KeySecrets {
    pub(crate) fn new(context: Arc<Context>, gate: Arc<Gate>, ledger: Ledger) -> Self {
        Self { context, gate, ledger }
    }
}

/// The calls with a key: explaining a hypothetical one, waiting for the first one, what the limits leave. Changes no key.
#[derive(Clone)]
pub struct KeyCalls {
    context: Arc<Context>,
    gate: Arc<Gate>,
}

impl KeyCalls {
    pub(crate) fn new(context: Arc<Context>, gate: Arc<Gate>) -> Self {
        Self { context, gate }
    }
}

/// A key as the transaction leaves it, and the public ids of all its secrets, which must be evicted.
async fn find_changed(tx: &mut Tx, account_id: &str, id: &str) -> Result<(KeyRow, Vec<String>), Error> {
    let row = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
    Ok((row, tx.key_secrets().list_public_ids_by_key(id).await?))
}

/// Bounds a bulk change: a transaction over too many keys would block all other writers.
fn check_count(ids: &[String]) -> Result<(), Error> {
    if ids.len() > BULK_MAX {
        return Err(invalid("ids", format!("Choose at most {BULK_MAX} keys at a time.")));
    }
    Ok(())
}
