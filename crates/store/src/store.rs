//! Opening a database. Reading from it is in the repositories, writing to it in `transaction`.

use crate::database::{self, Database};
use crate::error::Result;
use crate::options::StoreOptions;
use std::time::Duration;

/// The open database. Cheap to clone; all clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) database: Database,
    pub(crate) timeout: Duration,
}

impl Store {
    /// Opens `sqlite:///absolute/path.db` (created with mode 0600 if missing) or `postgres://…`, and runs its
    /// migrations.
    ///
    /// # Errors
    /// `Corrupt` if the address, the database or the SQLite library cannot be used as it is; `Unavailable` if the
    /// database cannot be reached, written or locked in time.
    pub async fn open(url: &str, options: StoreOptions) -> Result<Self> {
        Ok(Self { database: database::open(url, &options).await?, timeout: options.timeout })
    }

    /// Checks that the database can be read now. Cheap enough for a readiness probe.
    pub async fn check(&self) -> Result<()> {
        self.generation().await.map(drop)
    }

    /// Waits for running statements, then closes all connections.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
