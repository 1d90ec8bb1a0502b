//! Deciding a call: from a credential to a verdict. The hot path of the product.

pub(crate) mod cache;
mod decide;
pub(crate) mod entry;
mod explain;
pub(crate) mod freshness;
pub(crate) mod known;
pub(crate) mod old_uses;
mod probe;
pub(crate) mod rounds;
pub(crate) mod shared;
pub(crate) mod uses;

pub use decide::{Decision, Unknowable};
pub use entry::Identity;
pub use probe::Probe;
