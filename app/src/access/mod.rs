//! Signing in again above an open form, and the server functions for that. The pages of sign-in and set-up are plain
//! forms, in `pages`.

mod legacy_reauthentication;
mod reauthentication;
pub mod server;

pub use legacy_reauthentication::reauthentication_dialog;
pub use reauthentication::ReauthenticationDialog;
