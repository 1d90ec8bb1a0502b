//! A member's own security: password, sessions, two-factor codes with their recovery codes. Whose it is always follows
//! from the session that asks; nobody can name another member here.

mod codes;
mod password;
mod recovery;
mod seal;
mod sessions;
mod turn_off;
mod two_factor;

pub(crate) use codes::Shown;
pub use codes::code_at;
pub(crate) use seal::Seal;
pub use sessions::SessionView;
pub use two_factor::{SecurityView, TwoFactorSetUp};
