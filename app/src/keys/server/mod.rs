//! The server functions of keys; a few lines each, the work is in `service`. All of them take JSON, which no plain
//! form can send: a key that is issued must be shown, and a redirect shows nothing.

mod change;
mod delete;
mod enable;
mod end_old;
mod explain;
mod find;
mod issue;
mod list;
mod rotate;

pub use change::{ChangeKey, change_key};
pub use delete::{DeleteKey, DeleteKeys, delete_key, delete_keys};
pub use enable::{EnableKey, EnableKeys, enable_key, enable_keys};
pub use end_old::{EndOldKey, end_old_key};
pub use explain::{ExplainKey, TestForm, explain_key};
pub use find::{FindKey, find_key};
pub use issue::{IssueKey, Issued, issue_key};
pub use list::{ListKeys, list_keys};
pub use rotate::{RotateKey, rotate_key};
