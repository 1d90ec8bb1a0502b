//! What can be done with Keyhatch: set up, sign in, invite and remove members, issue, list, change and delete a key,
//! decide a call.
//!
//! This crate owns the cache, the clock and the randomness, and is the only one that sees a secret in the clear.
//! It knows nothing of HTTP, pages or command lines; SQL belongs in `store`, rules without effects in `domain`.

pub mod access;
mod accounts;
pub mod audit;
pub mod clock;
pub mod error;
pub mod gate;
mod ids;
mod keyhatch;
pub mod keys;
mod ledger;
mod limits;
mod maintenance;
pub mod members;
pub mod pdf;
pub mod random;
mod replay;
pub mod secrets;
pub mod security;

pub use clock::{Clock, ManualClock, SystemClock};
pub use error::{Closed, Error, OpenError};
pub use keyhatch::{Keyhatch, Options};
pub use random::{Random, SystemRandom};
