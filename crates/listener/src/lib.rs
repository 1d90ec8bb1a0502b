//! The accept loop of both listeners. `axum::serve` does not set `TCP_NODELAY` (a streamed page then takes 40 ms), waits
//! without limit for a slow client and accepts without bound; this one bounds all of it. It also resolves who is at the
//! other end: the peer, and the client behind trusted proxies. What is served does not belong here.

mod accept;
mod client_address;
mod connections;
mod handler;
mod limits;
mod overload;
mod write_timeout;

pub use accept::serve;
pub use client_address::{ClientAddress, resolve_client_address};
pub use handler::Handler;
pub use limits::ListenerLimits;

use std::net::SocketAddr;

/// The address at the other end of the connection; in the extensions of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddr(pub SocketAddr);
