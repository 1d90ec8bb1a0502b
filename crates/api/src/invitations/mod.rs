//! `/accounts/{account}/invitations`, for operator tokens. One file for each verb; the JSON types are in `dto`.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod dto;
