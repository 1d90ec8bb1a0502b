//! The gateway in front of the product's interface: printing its configuration, and checking one that runs. How the
//! gate answers a gateway is `adapters`.

pub mod check;
mod policy;
pub mod print;

pub use policy::{GatewayPolicy, GatewaySettings, Route, Unlisted};
