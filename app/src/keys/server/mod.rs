//! The server functions of the keys page. Each calls one use case of `service`. All take JSON, which a plain HTML form
//! cannot send: a new secret must be shown by the page itself, and a redirect could not carry it.

mod action;
mod allow_address;
mod create;
mod edit_conflict;
mod explain;
mod first_call;
mod list;
mod rotate;
mod update;

pub use action::{ApplyKeyAction, KeyAction, apply_key_action};
pub use allow_address::{AllowAddress, allow_address};
pub use create::{CreateKey, KeyWithSecret, create_key};
pub use edit_conflict::EditConflict;
pub use explain::{ExplainForm, ExplainKey, explain_key};
pub use first_call::{FindFirstCall, find_first_call};
pub use list::{ListKeys, list_keys};
pub use rotate::{RotateKey, rotate_key};
pub use update::{UpdateKey, update_key};
