//! What every service needs. State that belongs to one service does not belong here.

use crate::audit_chain::AuditChain;
use clock::MonotonicClock;
use domain::key::KeyFormat;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use secrets::{Pepper, Random};
use std::sync::Arc;
use store::Store;

/// Shared by all services.
pub(crate) struct Context {
    pub(crate) store: Store,
    pub(crate) policy: Policy,
    pub(crate) catalogue: Catalogue,
    pub(crate) key_format: KeyFormat,
    pub(crate) pepper: Arc<Pepper>,
    pub(crate) audit: AuditChain,
    pub(crate) clock: Arc<MonotonicClock>,
    pub(crate) random: Box<dyn Random>,
}

impl Context {
    /// The current time, in epoch milliseconds; never runs backwards.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }
}
