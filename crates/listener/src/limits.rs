//! The limits of a listener: times, sizes and the number of connections.

use std::time::Duration;

/// Limits of one listener.
#[derive(Debug, Clone, Copy)]
pub struct ListenerLimits {
    /// Longest time for a request's whole head to arrive, from the start of the connection or the end of the previous
    /// response. It therefore also closes an idle connection.
    pub head: Duration,
    /// Largest head, bytes. hyper answers 431 beyond it.
    pub head_bytes: usize,
    /// Connections at one time. Beyond it a connection that waits for its client is evicted; if all are busy, a new one is
    /// answered 503.
    pub connections: usize,
    /// A client that reads less than [`ListenerLimits::WRITE_BYTES`] of a response in this time is disconnected.
    pub write_timeout: Duration,
    /// How long requests in flight may continue after the process was told to stop.
    pub drain: Duration,
}

impl ListenerLimits {
    /// The least that a client must read in each `write_timeout`, bytes.
    pub const WRITE_BYTES: usize = 4096;
}

impl Default for ListenerLimits {
    fn default() -> Self {
        Self {
            // Together with the time-out of bodies all below ten seconds: no slow client stays longer.
            head: Duration::from_secs(8),
            head_bytes: 32 * 1024,
            connections: 1024,
            write_timeout: Duration::from_secs(8),
            drain: Duration::from_secs(10),
        }
    }
}
