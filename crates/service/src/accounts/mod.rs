//! Accounts and sub-accounts: create, list, update, open, delete. Their members are in `members`, their keys in `keys`.

mod create;
mod delete;
mod list;
mod open;
mod tree;
mod update;

pub(crate) use tree::is_below;

use crate::context::Context;
use crate::ledger::Ledger;
use gate::Gate;
use std::sync::Arc;

/// Accounts and sub-accounts.
#[derive(Clone)]
pub struct Accounts {
    context: Arc<Context>,
    gate: Arc<Gate>,
    ledger: Ledger,
}

impl Accounts {
    pub(crate) fn new(context: Arc<Context>, gate: Arc<Gate>, ledger: Ledger) -> Self {
        Self { context, gate, ledger }
    }
}
