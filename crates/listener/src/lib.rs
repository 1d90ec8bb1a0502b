//! The accept loop of both listeners. `axum::serve` sets no `TCP_NODELAY` (a streamed page then takes 40 ms), waits
//! for ever on a slow client and accepts without end; this one does none of that. What is served is not its business.

mod accept;
mod answer;
pub mod client_address;
mod limits;
mod open;
mod rate;
mod refuse;

pub use accept::serve;
pub use answer::Answering;
pub use client_address::ClientAddress;
pub use limits::Limits;

use std::net::SocketAddr;

/// Who is at the other end of the connection; in the extensions of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddr(pub SocketAddr);
