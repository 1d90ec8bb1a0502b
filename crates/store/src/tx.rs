//! A transaction: the only way to write. What is written lies beside the resource.

use crate::pool::{Pool, bounded};
use crate::{Result, Store, StoreError};
use sqlx::{Postgres, Sqlite, Transaction};
use std::time::Duration;
use tracing::Instrument;

/// Writers on PostgreSQL queue here, as they do on SQLite's one writer: counting up to a cap, the chain of the audit and
/// the generation are exact without a retry, and two writers cannot deadlock. The number is "keyhatch" in ASCII.
const LOCK_POSTGRES: &str = "SELECT pg_advisory_xact_lock(7738725023924642664)";

/// One change, all or nothing. Dropping it, at any time, undoes it.
///
/// After a statement failed or its future was dropped, every later statement and the commit fail too: PostgreSQL answers
/// "done" to the commit of a failed transaction although it undid everything, and SQLite undoes it alone when the disk
/// is full and would run what follows outside of it.
#[derive(Debug)]
pub struct Tx {
    pub(crate) inner: Inner,
    pub(crate) patience: Duration,
    spoilt: bool,
}

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Store {
    /// Waits for its turn to write and starts a transaction. Only one is open at a time, on either database and among
    /// all processes: do not hold it across anything slow, nor open a second one while holding it.
    pub async fn begin(&self) -> Result<Tx> {
        let (pool, patience) = (self.pool.clone(), self.patience);
        // In a task of its own, so that it ends even if the caller goes away: sqlx loses track of a PostgreSQL
        // transaction when its BEGIN is abandoned half-way. Nobody takes the result then, which drops and undoes it.
        let turn = tokio::spawn(async move { begin(&pool, patience).await }.in_current_span());
        let inner = turn.await.map_err(|gone| StoreError::unavailable(&gone))??;
        Ok(Tx { inner, patience, spoilt: false })
    }
}

async fn begin(pool: &Pool, patience: Duration) -> Result<Inner> {
    pool.confirm_file()?;
    // Once for the connection and once for the lock.
    let patience = patience * 2;
    match pool {
        Pool::Sqlite(open) => {
            bounded(patience, open.pair.writer.begin_with("BEGIN IMMEDIATE")).await.map(Inner::Sqlite)
        }
        Pool::Postgres(pair) => bounded(patience, async {
            let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
            let mut tx = pair.writer.begin_with(begin).await?;
            sqlx::query(LOCK_POSTGRES).execute(&mut *tx).await?;
            Ok(tx)
        })
        .await
        .map(Inner::Postgres),
    }
}

impl Tx {
    /// Makes the change durable. If the caller goes away meanwhile, the commit still runs to its end.
    ///
    /// # Errors
    /// `Unavailable` also when no answer came in time: whether the change was made is then unknown.
    pub async fn commit(self) -> Result<()> {
        if self.spoilt {
            return Err(spoilt());
        }
        let patience = self.patience * 2;
        let end = async move {
            match self.inner {
                Inner::Sqlite(tx) => tx.commit().await,
                Inner::Postgres(tx) => tx.commit().await,
            }
        };
        let end = tokio::spawn(end.in_current_span());
        bounded(patience, async { end.await.unwrap_or(Err(sqlx::Error::WorkerCrashed)) }).await
    }

    /// Spoils the transaction until [`Tx::leave`] sees the statement succeed, so that an abandoned one stays spoilt.
    pub(crate) fn enter(&mut self) -> Result<()> {
        if self.spoilt {
            return Err(spoilt());
        }
        self.spoilt = true;
        Ok(())
    }

    pub(crate) fn leave<T>(&mut self, done: Result<T>) -> Result<T> {
        self.spoilt = done.is_err();
        done
    }
}

fn spoilt() -> StoreError {
    StoreError::Db(sqlx::Error::Protocol("an earlier statement of this transaction failed".to_owned()))
}
