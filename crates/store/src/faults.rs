//! Tests of faults that can only be brought about on the store's own connections.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::pool::Pool;
use crate::{Options, Store, StoreError};
use std::future::Future;
use tempfile::TempDir;

async fn open() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/keyhatch.db", folder.path().display());
    let store = Store::open(&url, Options::default()).await.unwrap();
    (folder, store)
}

impl Store {
    async fn tell_writer(&self, pragma: &'static str) {
        let Pool::Sqlite(open) = &self.pool else {
            panic!("not SQLite");
        };
        let done = sqlx::raw_sql(pragma).execute(&open.pair.writer).await;
        done.unwrap();
    }

    async fn put(&self, value: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.put_setting("mark", value).await?;
        tx.commit().await
    }
}

#[tokio::test]
async fn read_only() {
    let (_folder, store) = open().await;
    store.put("before").await.unwrap();
    store.tell_writer("PRAGMA query_only = ON").await;
    let refused = store.put("during").await;
    assert!(matches!(refused, Err(StoreError::Unavailable)), "{refused:?}");
    store.tell_writer("PRAGMA query_only = OFF").await;
    assert_eq!(store.find_setting("mark").await.unwrap().as_deref(), Some("before"));
    store.put("after").await.unwrap();
}

/// SQLite then undoes the transaction by itself, of which sqlx does not know: the writer must not stay stuck.
#[tokio::test]
async fn disk_full() {
    let (_folder, store) = open().await;
    store.put("before").await.unwrap();
    for round in 0..3 {
        store.tell_writer("PRAGMA max_page_count = 1").await;
        let refused = store.put(&"x".repeat(100_000)).await;
        assert!(matches!(refused, Err(StoreError::Unavailable)), "{refused:?}");
        let found = store.find_setting("mark").await.unwrap().unwrap();
        assert!(found.len() < 100, "half a change");
        // The limit went with the connection.
        store.put(&format!("after {round}")).await.unwrap();
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    let (_folder, store) = open().await;
    let Pool::Sqlite(open) = &store.pool else {
        panic!("not SQLite");
    };
    let wrote = sqlx::raw_sql("DELETE FROM settings").execute(&open.pair.readers).await;
    assert!(wrote.is_err());
}

#[tokio::test]
async fn settings_of_the_connections() {
    let (_folder, store) = open().await;
    let Pool::Sqlite(open) = &store.pool else {
        panic!("not SQLite");
    };
    let pair = &open.pair;
    let ask = async |pool: &sqlx::SqlitePool, pragma: &'static str| -> i64 {
        sqlx::query_scalar(pragma).fetch_one(pool).await.unwrap()
    };
    assert_eq!(ask(&pair.writer, "PRAGMA synchronous").await, 2);
    for pool in [&pair.writer, &pair.readers] {
        assert_eq!(ask(pool, "PRAGMA foreign_keys").await, 1);
        assert_eq!(ask(pool, "PRAGMA busy_timeout").await, 5_000);
        assert_eq!(ask(pool, "PRAGMA mmap_size").await, 0);
    }
}

fn assert_send<T: Send>(future: impl Future<Output = T> + Send) {
    drop(future);
}

/// The server runs these in tasks of their own.
#[test]
fn futures_can_be_spawned() {
    assert_send(Store::open("", Options::default()));
}
