//! `/accounts/{account}/keys`. One file for each verb; the JSON types are in `dto`.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod disable;
mod dto;
pub(super) mod enable;
pub(super) mod get;
pub(super) mod list;
pub(super) mod rotate;
pub(super) mod update;
