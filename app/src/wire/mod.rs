//! Data exchange between server and browser: arguments and results of server functions, and the initial state of islands.
//! All of it is JSON. The server uses serde; the browser uses its own parser, because serde's derived deserializers were a
//! tenth of the wasm.

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
