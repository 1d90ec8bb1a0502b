//! People: setting up the first account, signing in and out, sessions, and who may do what.

mod accounts;
mod actor;
mod session;
mod setup;
mod sign_in;
mod throttle;

pub use actor::{Actor, Viewer};
pub use session::SESSION_IDLE;
pub(crate) use setup::SetupLink;
pub use sign_in::SignedIn;
pub(crate) use throttle::Throttle;
