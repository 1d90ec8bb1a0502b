//! How much patience and room a listener has.

use std::time::Duration;

/// Limits of one listener.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time for a request's whole head to arrive, counted from the connection's start or from the answer
    /// before it, so an idle connection is closed after it too.
    pub head: Duration,
    /// Largest head, bytes. hyper answers 431 beyond it.
    pub head_bytes: usize,
    /// Connections at one time. Past it one that waits for its client makes room; when every connection is at work,
    /// newcomers are answered 503.
    pub connections: usize,
    /// A client that takes less than [`Limits::RATE_BYTES`] of an answer in this time is disconnected.
    pub rate: Duration,
    /// How long requests under way may go on after the process was told to stop.
    pub drain: Duration,
}

impl Limits {
    /// The least a reading client takes in each `rate` period, bytes.
    pub const RATE_BYTES: usize = 4096;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // With those of bodies, all below ten seconds: no client that dawdles stays longer.
            head: Duration::from_secs(8),
            head_bytes: 32 * 1024,
            connections: 1024,
            rate: Duration::from_secs(8),
            drain: Duration::from_secs(10),
        }
    }
}
