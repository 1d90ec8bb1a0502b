//! The user interface: pages, islands, components, and the server functions that they call.
//!
//! Compiled twice: natively, where the server renders every page, and to wasm, which hydrates the islands. Business
//! decisions belong in `service`, validation rules in `domain`.

// Each Leptos page is one deeply nested type.
#![recursion_limit = "256"]
#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

#[cfg(not(any(erase_components, doctest)))]
compile_error!("build inside the workspace and without RUSTFLAGS: .cargo/config.toml sets --cfg=erase_components");

#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod access;
pub mod browser;
pub mod components;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod error;
#[cfg(feature = "ssr")]
pub mod forms;
pub mod keys;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
pub mod text;

#[cfg(feature = "ssr")]
pub mod context;

#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use access::ReauthenticationDialog;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use access::server::{SignIn, SignInWithCode, safe_redirect_path};
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use error::AppError;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use keys::server::{AllowAddress, FindFirstCall, SubmitKeyForm};
#[cfg(feature = "ssr")]
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;

/// The path prefix of all server functions; each function's `endpoint` follows it.
pub const FUNCTIONS: &str = "/api/console";
