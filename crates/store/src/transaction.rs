//! Transactions: the only way to write. The statements are in the repositories.

use crate::database::{Database, with_timeout};
use crate::error::{Result, StoreError};
use crate::store::Store;
use sqlx::{Postgres, Sqlite, Transaction};
use std::time::Duration;
use tracing::Instrument;

/// Serializes writers on PostgreSQL, as SQLite's single writer does: a count against a cap, the audit chain and the
/// generation are exact without a retry, and two writers cannot deadlock. The number is "keyhatch" in ASCII.
const LOCK_POSTGRES: &str = "SELECT pg_advisory_xact_lock(7738725023924642664)";

/// A write transaction. Dropping it at any time rolls it back.
///
/// It is poisoned when a statement fails or its future is dropped: every later statement and the commit then fail.
/// Without this, PostgreSQL would report a successful commit of a failed transaction that it rolled back, and SQLite,
/// which rolls back by itself when the disk is full, would run the later statements outside of any transaction.
#[derive(Debug)]
pub struct Tx {
    pub(crate) connection: TxConnection,
    pub(crate) timeout: Duration,
    is_poisoned: bool,
}

#[derive(Debug)]
pub(crate) enum TxConnection {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Store {
    /// Starts a write transaction, after waiting for the write lock. Only one is open at a time, on either database and
    /// among all processes: do not hold it across slow work, and do not open a second one while holding it.
    pub async fn begin(&self) -> Result<Tx> {
        let (database, timeout) = (self.database.clone(), self.timeout);
        // In its own task, so that it completes even if the caller is cancelled: sqlx loses track of a PostgreSQL
        // transaction whose BEGIN is abandoned. The unclaimed result is dropped, which rolls it back.
        let begun = tokio::spawn(async move { begin(&database, timeout).await }.in_current_span());
        let connection = begun.await.map_err(|error| StoreError::unavailable(&error))??;
        Ok(Tx { connection, timeout, is_poisoned: false })
    }
}

async fn begin(database: &Database, timeout: Duration) -> Result<TxConnection> {
    database.check_file()?;
    // Once for the connection and once for the lock.
    let timeout = timeout * 2;
    match database {
        Database::Sqlite(sqlite) => {
            with_timeout(timeout, sqlite.pools.writer.begin_with("BEGIN IMMEDIATE")).await.map(TxConnection::Sqlite)
        }
        Database::Postgres(pools) => with_timeout(timeout, async {
            let mut transaction = pools.writer.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
            sqlx::query(LOCK_POSTGRES).execute(&mut *transaction).await?;
            Ok(transaction)
        })
        .await
        .map(TxConnection::Postgres),
    }
}

impl Tx {
    /// Commits. If the caller is cancelled meanwhile, the commit still completes.
    ///
    /// # Errors
    /// `Unavailable` also when no answer came in time: the commit may then have happened or not.
    pub async fn commit(self) -> Result<()> {
        if self.is_poisoned {
            return Err(poisoned());
        }
        let timeout = self.timeout * 2;
        let commit = async move {
            match self.connection {
                TxConnection::Sqlite(transaction) => transaction.commit().await,
                TxConnection::Postgres(transaction) => transaction.commit().await,
            }
        };
        let commit = tokio::spawn(commit.in_current_span());
        with_timeout(timeout, async { commit.await.unwrap_or(Err(sqlx::Error::WorkerCrashed)) }).await
    }

    /// Poisons the transaction until [`Tx::leave`] sees the statement succeed, so that an abandoned statement leaves it
    /// poisoned.
    pub(crate) fn enter(&mut self) -> Result<()> {
        if self.is_poisoned {
            return Err(poisoned());
        }
        self.is_poisoned = true;
        Ok(())
    }

    pub(crate) fn leave<T>(&mut self, done: Result<T>) -> Result<T> {
        self.is_poisoned = done.is_err();
        done
    }
}

fn poisoned() -> StoreError {
    StoreError::Db(sqlx::Error::Protocol("an earlier statement of this transaction failed".to_owned()))
}
