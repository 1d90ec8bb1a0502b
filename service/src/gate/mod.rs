//! Deciding a call: from a credential to a verdict. The hot path of the product.

pub(crate) mod cache;
mod decide;
pub(crate) mod entry;
pub(crate) mod freshness;
pub(crate) mod shared;

pub use decide::{Asked, Decision, Unknowable};
pub use entry::Identity;
