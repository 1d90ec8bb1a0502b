//! `/accounts`: accounts and their sub-accounts. One file for each verb; the JSON types are in `dto`.

pub(crate) mod create;
pub(crate) mod delete;
mod dto;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;
