//! The keys of an account: server functions, and the island that lists, adds, edits, changes, tests, reveals, disables
//! and deletes.

mod around;
mod ask;
mod board;
mod clock;
mod deed;
mod draft;
mod editor;
mod environment;
mod limits;
mod list;
mod place;
mod privileges;
mod reveal;
mod rotate;
mod row;
pub mod server;
mod stale;
mod table;
mod tester;
mod together;
mod used;
mod whitelist;

pub use board::{KeyBoard, Start};
#[cfg(feature = "ssr")]
pub use place::Place;
pub use place::encoded;
