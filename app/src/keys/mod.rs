//! The keys of an account: server functions, and the island that lists, adds, edits, reveals and deletes.

mod board;
mod delete;
mod editor;
mod place;
mod privileges;
mod reveal;
mod row;
pub mod server;
mod whitelist;

pub use board::{KeyBoard, Start};
#[cfg(feature = "ssr")]
pub use place::Place;
