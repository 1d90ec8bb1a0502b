//! Signing in and out and setting up: their server functions and the islands that call them.

mod again;
mod navigation;
pub mod server;
mod set_up;
mod sign_in;

pub use again::sign_in_again;
pub use set_up::{SetUpForm, SetUpStart};
pub use sign_in::{SignInForm, SignInStart};
