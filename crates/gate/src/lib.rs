//! The gate: from a credential to a verdict. This is the hot path of the product; it works from memory and reads the
//! database only for keys that are not cached.
//!
//! HTTP belongs in the adapters, changes to keys in `service`, the rules of a verdict in `domain::verdict`.

mod background;
mod cache;
mod cached_key;
mod changes;
mod credential;
mod decide;
mod freshness;
mod gate;
mod id_filter;
mod interner;
mod key_table;
mod last_use_cell;
mod last_uses;
mod probe;
mod quota;
mod retired_secret_uses;
mod single_flight;
mod watch_list;

pub use cached_key::AuthenticatedKey;
pub use decide::{Decision, DecisionUnavailable};
pub use gate::{Gate, GateOptions};
pub use probe::Probe;
pub use watch_list::WatchedCall;
