//! The open database: its driver and its connection pools. Statements do not belong here.

mod pools;
mod postgres;
mod sqlite;

pub(crate) use pools::{ConnectionPools, with_timeout};
pub(crate) use sqlite::SqliteDatabase;

use crate::error::{Result, StoreError};
use crate::options::StoreOptions;
use sqlx::Postgres;

/// sqlx's `Any` driver fails on booleans and emits `?` on PostgreSQL, so both concrete drivers are kept apart here.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    Sqlite(SqliteDatabase),
    Postgres(ConnectionPools<Postgres>),
}

pub(crate) async fn open(url: &str, options: &StoreOptions) -> Result<Database> {
    if let Some(path) = sqlite::path_from_url(url)? {
        sqlite::open(&path, options).await.map(Database::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        postgres::open(url, options).await.map(Database::Postgres)
    } else {
        // The address may contain a password, so the message does not repeat it.
        Err(StoreError::Corrupt("its address must start with sqlite: or postgres:".to_owned()))
    }
}

impl Database {
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => sqlite.pools.close().await,
            Self::Postgres(pools) => pools.close().await,
        }
    }

    /// SQLite only: fails if the file under the open connections is no longer the one at its path.
    pub(crate) fn check_file(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.check_file(),
            Self::Postgres(_) => Ok(()),
        }
    }
}
