//! The keys of an account: issue, list, change, delete. One file a use case.

mod change;
mod create;
mod delete;
mod issue;
mod list;
pub(crate) mod repeat;
mod view;

pub use create::Created;
pub use issue::Issued;
pub use list::PageRequest;
pub use repeat::Repeat;
