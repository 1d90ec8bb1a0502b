//! Signing in again above an open form, and the server functions for that. The pages of sign-in and set-up are plain
//! forms, in `pages`.

mod reauthentication;
pub mod server;

pub use reauthentication::ReauthenticationDialog;
