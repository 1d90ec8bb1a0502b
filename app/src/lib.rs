//! What is seen: pages, islands, components, and the server functions that they call.
//!
//! Compiled twice: for the server, which renders every page, and to wasm, which wakes the islands. Decisions belong in
//! `service`, rules in `domain`; a component asks, shows and hands on.

// A page is one deeply nested type in this framework.
#![recursion_limit = "256"]

#[cfg(not(any(erase_components, doctest)))]
compile_error!("build inside the workspace and without RUSTFLAGS: .cargo/config.toml sets --cfg=erase_components");

mod access;
mod components;
mod dom;
mod error;
#[cfg(feature = "ssr")]
pub mod forms;
mod frame;
mod keys;
mod pages;
mod routes;
mod shell;
mod wire;

#[cfg(feature = "ssr")]
pub mod context;

pub use access::server::{SetUp, SignIn, SignOut, inside};
pub use error::Problem;
pub use keys::server::{ApplyKeyAction, CreateKey, ExplainKey, ListKeys, RotateKey, UpdateKey};
pub use routes::App;
pub use shell::shell;

/// Where the server functions answer. Their names in full stand beside each of them.
pub const FUNCTIONS: &str = "/api/console";
