//! The gate's HTTP interface: requests to its real router, in-process.

mod addresses;
mod auth;
mod limits;
mod profiles;
mod support;
mod verify;
