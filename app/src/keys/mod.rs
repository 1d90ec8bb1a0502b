//! The keys of an account: server functions, and the island that lists, adds, edits, tests, reveals and deletes.

mod around;
mod board;
mod clock;
mod delete;
mod draft;
mod editor;
mod environment;
mod limits;
mod list;
mod place;
mod privileges;
mod reveal;
mod row;
pub mod server;
mod table;
mod tester;
mod used;
mod whitelist;

pub use board::{KeyBoard, Start};
#[cfg(feature = "ssr")]
pub use place::Place;
pub use place::encoded;
