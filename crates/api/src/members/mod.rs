//! `/accounts/{account}/members`, for operator tokens. One file for each verb; the JSON types are in `dto`.

pub(crate) mod delete;
mod dto;
pub(crate) mod list;
pub(crate) mod update;
