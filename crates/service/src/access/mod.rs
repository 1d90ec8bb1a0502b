//! People: setting up the first account, signing in (with a second step for those who use codes) and out, sessions,
//! operator tokens, and who may do what.

mod actor;
mod second_step;
mod session;
mod setup;
mod sign_in;
mod throttle;
mod tokens;

pub(crate) use actor::member_actor;
pub use actor::{Actor, KeyActor, OpenAccount, READ_SUB_ACCOUNTS, TokenActor, Viewer, WRITE_SUB_ACCOUNTS};
pub use second_step::PENDING_LIFETIME;
pub(crate) use second_step::wrong_code;
pub use session::SESSION_IDLE;
pub(crate) use session::{hash as token_hash, is_over, new_token};
pub(crate) use setup::SetupLink;
pub use sign_in::SignedIn;
pub(crate) use throttle::{Attempt, Throttle};
pub use tokens::{NewToken, TokenView};
