//! The keys of an account: issue, list, change, delete. One file a use case.

mod change;
mod delete;
mod issue;
mod list;
mod view;

pub use issue::Issued;
pub use list::PageRequest;
