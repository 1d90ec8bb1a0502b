//! The user interface: pages, islands, components, and the server functions that they call.
//!
//! Compiled twice: natively, where the server renders every page, and to wasm, which hydrates the islands. Business
//! decisions belong in `service`, validation rules in `domain`.

// Each Leptos page is one deeply nested type.
#![recursion_limit = "256"]

#[cfg(not(any(erase_components, doctest)))]
compile_error!("build inside the workspace and without RUSTFLAGS: .cargo/config.toml sets --cfg=erase_components");

mod access;
mod components;
mod dom;
mod error;
#[cfg(feature = "ssr")]
pub mod forms;
mod keys;
mod layout;
mod pages;
mod routes;
mod shell;
pub mod text;
mod wire;

#[cfg(feature = "ssr")]
pub mod context;

pub use access::ReauthenticationDialog;
pub use access::server::{SignIn, SignInWithCode, safe_redirect_path};
pub use error::AppError;
#[cfg(feature = "ssr")]
pub use keys::list::{KeyListData, KeyListSection};
pub use keys::server::{
    AllowAddress, ApplyKeyAction, CreateKey, ExplainKey, FindFirstCall, ListKeys, RotateKey, UpdateKey, allow_address,
    find_first_call,
};
#[cfg(feature = "ssr")]
pub use keys::url::{KeyDialog, KeyQuery};
pub use routes::App;
pub use shell::shell;

/// The path prefix of all server functions; each function's `endpoint` follows it.
pub const FUNCTIONS: &str = "/api/console";
