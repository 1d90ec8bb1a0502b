//! Tests of errors that can only be provoked on the store's own connections.

use crate::database::{Database, SqliteDatabase};
use crate::{Store, StoreError, StoreOptions};
use std::future::Future;
use tempfile::TempDir;

async fn open() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/keyhatch.db", folder.path().display());
    let store = Store::open(&url, StoreOptions::default()).await.unwrap();
    (folder, store)
}

impl Store {
    fn sqlite(&self) -> &SqliteDatabase {
        match &self.database {
            Database::Sqlite(sqlite) => sqlite,
            Database::Postgres(_) => panic!("not SQLite"),
        }
    }

    async fn set_writer_pragma(&self, pragma: &'static str) {
        sqlx::raw_sql(pragma).execute(&self.sqlite().pools.writer).await.unwrap();
    }

    async fn write_mark(&self, value: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.settings().upsert("mark", value).await?;
        tx.commit().await
    }
}

#[tokio::test]
async fn read_only_database_is_unavailable() {
    let (_folder, store) = open().await;
    store.write_mark("before").await.unwrap();
    store.set_writer_pragma("PRAGMA query_only = ON").await;
    let refused = store.write_mark("during").await;
    assert!(matches!(refused, Err(StoreError::Unavailable)), "{refused:?}");
    store.set_writer_pragma("PRAGMA query_only = OFF").await;
    assert_eq!(store.settings().find("mark").await.unwrap().as_deref(), Some("before"));
    store.write_mark("after").await.unwrap();
}

/// SQLite then rolls the transaction back by itself, which sqlx does not notice: the writer must stay usable.
#[tokio::test]
async fn full_disk_is_unavailable_and_the_writer_recovers() {
    let (_folder, store) = open().await;
    store.write_mark("before").await.unwrap();
    for round in 0..3 {
        store.set_writer_pragma("PRAGMA max_page_count = 1").await;
        let refused = store.write_mark(&"x".repeat(100_000)).await;
        assert!(matches!(refused, Err(StoreError::Unavailable)), "{refused:?}");
        let found = store.settings().find("mark").await.unwrap().unwrap();
        assert!(found.len() < 100, "half a change");
        // The discarded connection took the limit with it.
        store.write_mark(&format!("after {round}")).await.unwrap();
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    let (_folder, store) = open().await;
    let wrote = sqlx::raw_sql("DELETE FROM settings").execute(&store.sqlite().pools.readers).await;
    assert!(wrote.is_err());
}

#[tokio::test]
async fn connections_have_the_required_pragmas() {
    let (_folder, store) = open().await;
    let pools = &store.sqlite().pools;
    let read = async |pool: &sqlx::SqlitePool, pragma: &'static str| -> i64 {
        sqlx::query_scalar(pragma).fetch_one(pool).await.unwrap()
    };
    assert_eq!(read(&pools.writer, "PRAGMA synchronous").await, 2);
    for pool in [&pools.writer, &pools.readers] {
        assert_eq!(read(pool, "PRAGMA foreign_keys").await, 1);
        assert_eq!(read(pool, "PRAGMA busy_timeout").await, 5_000);
        assert_eq!(read(pool, "PRAGMA mmap_size").await, 0);
    }
}

fn assert_send<T: Send>(future: impl Future<Output = T> + Send) {
    drop(future);
}

/// The server spawns these futures.
#[test]
fn opening_can_be_spawned() {
    assert_send(Store::open("", StoreOptions::default()));
}
