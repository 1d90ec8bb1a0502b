//! How the database is opened. Where it lies is the address given to `Store::open`.

use std::time::Duration;

/// When SQLite reports a commit as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// After the commit is on the disk: what was acknowledged survives a power cut.
    #[default]
    Full,
    /// At once. Only for measuring what `Full` is worth; no configuration reaches it.
    Off,
}

/// How the database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// SQLite only. PostgreSQL keeps to its own `synchronous_commit`.
    pub synchronous: Synchronous,
    /// Connections that read. There is one more, which writes.
    pub readers: u32,
    /// How long one statement waits for a lock, a connection or an answer before it is `Unavailable`.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { synchronous: Synchronous::Full, readers: 4, patience: Duration::from_secs(5) }
    }
}
