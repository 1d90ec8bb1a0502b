//! How a database is opened. Where it is, is the address given to `Store::open`.

use std::time::Duration;

/// When SQLite reports a commit as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// After the commit is on the disk: an acknowledged change survives a power cut.
    #[default]
    Full,
    /// Without waiting for the disk. Only for measuring the cost of `Full`; no configuration reaches it.
    Off,
}

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// SQLite only. PostgreSQL keeps its own `synchronous_commit`.
    pub synchronous: Synchronous,
    /// Number of read connections. There is one write connection besides.
    pub readers: u32,
    /// How long one statement waits for a lock, a connection or a result before it fails as `Unavailable`.
    pub timeout: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self { synchronous: Synchronous::Full, readers: 4, timeout: Duration::from_secs(5) }
    }
}
