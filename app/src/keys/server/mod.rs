//! The server functions of keys; a few lines each, the work is in `service`. All of them take JSON, which no plain
//! form can send: a key that is issued must be shown, and a redirect shows nothing.

mod change;
mod delete;
mod explain;
mod issue;
mod list;

pub use change::{ChangeKey, change_key};
pub use delete::{DeleteKey, delete_key};
pub use explain::{ExplainKey, TestForm, explain_key};
pub use issue::{IssueKey, Issued, issue_key};
pub use list::{ListKeys, list_keys};
