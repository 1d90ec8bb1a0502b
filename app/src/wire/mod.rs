//! What goes between server and browser: the answers and arguments of server functions, and what an island starts with.
//! All of it is JSON, made and read by serde on the server. In the browser it is read by the browser's own parser: the
//! readers that serde derives were a tenth of the wasm.

#[cfg(not(feature = "ssr"))]
mod call;
mod codec;
mod initial_state;
#[cfg(not(feature = "ssr"))]
mod json;
#[cfg(not(feature = "ssr"))]
mod types;

#[cfg(not(feature = "ssr"))]
pub use call::{FormProtocol, JsonProtocol};
pub use codec::JsonCodec;
#[cfg(feature = "ssr")]
pub use codec::{FormProtocol, JsonProtocol};
pub use initial_state::initial_state;
