//! People: setting up the first account, signing in and out, sessions, and who may do what.

mod actor;
mod members;
mod session;
mod setup;
mod sign_in;
mod throttle;
mod tokens;

pub use actor::{Actor, KeyActor, OpenAccount, READ_SUB_ACCOUNTS, TokenActor, Viewer, WRITE_SUB_ACCOUNTS};
pub use session::SESSION_IDLE;
pub(crate) use setup::SetupLink;
pub use sign_in::SignedIn;
pub(crate) use throttle::Throttle;
pub use tokens::{NewToken, TokenView};
