//! Reading the audit: the activity of an account, and verification of the chain. Rows are appended by the use cases
//! themselves, through `audit_chain`.

mod activity;
mod sentence;
mod verify;

pub use activity::{Activity, ActivityKey, ActivityPage};
pub use sentence::sentence;
pub use verify::ChainCheck;

use crate::context::Context;
use std::sync::Arc;

/// Reads the audit.
#[derive(Clone)]
pub struct Audit {
    context: Arc<Context>,
}

impl Audit {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }
}
