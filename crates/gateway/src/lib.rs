//! The gateway in front of the product's API: `print` renders its configuration, `check` tests a running one. The gate's
//! endpoints for gateways are in `adapters`.

pub mod check;
mod policy;
pub mod print;

pub use policy::{GatewayPolicy, GatewaySettings, Route, Unlisted};
