//! The server functions of keys; a few lines each, the work is in `service`. All of them take JSON, which no plain
//! form can send: a key that is issued must be shown, and a redirect shows nothing.

mod change;
mod deed;
mod explain;
mod issue;
mod list;
mod rotate;
mod stale;

pub use change::{ChangeKey, change_key};
pub use deed::{Deed, DoDeed, do_deed};
pub use explain::{ExplainKey, TestForm, explain_key};
pub use issue::{IssueKey, Issued, issue_key};
pub use list::{ListKeys, list_keys};
pub use rotate::{RotateKey, rotate_key};
pub use stale::Stale;
