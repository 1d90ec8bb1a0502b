//! The connections: one that writes and several that read, of either driver. SQL does not belong here.

use crate::sqlite::OpenFile;
use crate::{Result, StoreError};
use sqlx::{Database, Postgres};
use std::future::Future;
use std::time::Duration;

#[derive(Clone, Debug)]
pub(crate) enum Pool {
    Sqlite(OpenFile),
    Postgres(Pair<Postgres>),
}

/// Writers wait for each other, readers for nobody; a queue of writers never takes the gate's connections.
#[derive(Debug)]
pub(crate) struct Pair<DB: Database> {
    pub(crate) writer: sqlx::Pool<DB>,
    pub(crate) readers: sqlx::Pool<DB>,
}

// Not derived: that would ask for `DB: Clone`.
impl<DB: Database> Clone for Pair<DB> {
    fn clone(&self) -> Self {
        Self { writer: self.writer.clone(), readers: self.readers.clone() }
    }
}

impl<DB: Database> Pair<DB> {
    async fn close(&self) {
        // The writer last: SQLite folds the log into the file when the last connection goes.
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Pool {
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(open) => open.pair.close().await,
            Self::Postgres(pair) => pair.close().await,
        }
    }

    /// SQLite only: whether the file under the open connections is still the one at its path.
    pub(crate) fn confirm_file(&self) -> Result<()> {
        match self {
            Self::Sqlite(open) => open.confirm(),
            Self::Postgres(_) => Ok(()),
        }
    }
}

/// Gives up a database call that does not answer. One second more than the database's own patience, whose message says
/// more.
pub(crate) async fn bounded<T>(patience: Duration, call: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    match tokio::time::timeout(patience + Duration::from_secs(1), call).await {
        Ok(answer) => answer.map_err(StoreError::from),
        Err(_) => Err(StoreError::unavailable(&"no answer in time")),
    }
}
