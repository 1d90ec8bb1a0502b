//! `/accounts/{account}/keys`: one file a verb. What a key looks like stands in `shape`.

pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod enable;
pub(super) mod list;
pub(super) mod read;
pub(super) mod rotate;
mod shape;
