//! The use cases of Keyhatch: set up, sign in, manage members, create, update and delete keys, decide a call.
//!
//! [`Keyhatch`] is composed of independent services: [`keys::Keys`], [`keys::KeySecrets`] and [`keys::KeyCalls`],
//! [`accounts::Accounts`], [`members::Members`], those of [`identity`], [`security::Security`], [`audit::Audit`], and the
//! [`gate::Gate`]. Each use case authorizes its [`actor::Actor`] itself, whatever page or route calls it. HTTP, pages and
//! command lines do not belong here; SQL belongs in `store`, rules without effects in `domain`.

pub mod accounts;
pub mod actor;
pub mod audit;
mod audit_chain;
mod context;
mod credentials;
mod detached;
pub mod error;
pub mod identity;
mod ids;
mod keyhatch;
pub mod keys;
mod ledger;
mod maintenance;
pub mod members;
mod open;
pub mod password_reset;
pub mod pdf;
mod pepper;
mod replay;
pub mod security;
pub mod session;

pub use clock::{Clock, ManualClock, SystemClock};
pub use credentials::code_at;
pub use error::{ClosedInvitation, Error, OpenError};
pub use gate;
pub use keyhatch::Keyhatch;
pub use open::Options;
pub use secrets;
pub use secrets::{Random, SystemRandom};
