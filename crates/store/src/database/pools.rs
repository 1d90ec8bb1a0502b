//! Connection pools of either driver: one connection writes, several read.

use crate::error::{Result, StoreError};
use std::future::Future;
use std::time::Duration;

/// Separate pools, so that queued writers never hold the connections that the gate reads with.
#[derive(Debug)]
pub(crate) struct ConnectionPools<DB: sqlx::Database> {
    pub(crate) writer: sqlx::Pool<DB>,
    pub(crate) readers: sqlx::Pool<DB>,
}

// Not derived: that would require `DB: Clone`.
impl<DB: sqlx::Database> Clone for ConnectionPools<DB> {
    fn clone(&self) -> Self {
        Self { writer: self.writer.clone(), readers: self.readers.clone() }
    }
}

impl<DB: sqlx::Database> ConnectionPools<DB> {
    /// Closes the writer last: SQLite checkpoints the write-ahead log when the last connection closes.
    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Fails a database call that does not answer in time. The limit is one second above the database's own time-out, whose
/// message is more specific.
pub(crate) async fn with_timeout<T>(timeout: Duration, call: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    match tokio::time::timeout(timeout + Duration::from_secs(1), call).await {
        Ok(done) => done.map_err(StoreError::from),
        Err(_) => Err(StoreError::unavailable(&"no answer in time")),
    }
}
