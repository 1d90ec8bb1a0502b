//! What goes between server and browser: the answers and arguments of server functions, and what an island starts with.
//! All of it is JSON, made and read by serde on the server. In the browser it is read by the browser's own parser: the
//! readers that serde derives were a tenth of the wasm.

#[cfg(not(feature = "ssr"))]
mod call;
mod codec;
#[cfg(not(feature = "ssr"))]
mod json;
mod start;
#[cfg(not(feature = "ssr"))]
mod types;

#[cfg(not(feature = "ssr"))]
pub use call::{FormCall, JsonCall};
pub use codec::JsonText;
#[cfg(feature = "ssr")]
pub use codec::{FormCall, JsonCall};
pub use start::start;
