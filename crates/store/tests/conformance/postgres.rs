//! What only PostgreSQL has: a server that is away, refuses or is held up.

use crate::test_store::{TestStore, short_timeout};
use sqlx::{Connection, PgConnection};
use std::path::Path;
use store::{BackupError, Store, StoreError};

fn assert_unavailable<T>(done: Result<T, StoreError>) {
    let error = done.err();
    assert!(matches!(error, Some(StoreError::Unavailable)), "{error:?}");
}

async fn run(connection: &mut PgConnection, sql: &'static str) {
    sqlx::raw_sql(sql).execute(connection).await.unwrap();
}

#[tokio::test]
async fn nobody_answers() {
    // Reserved port: nothing listens there.
    let url = "postgres://keyhatch@127.0.0.1:1/keyhatch";
    assert_unavailable(Store::open(url, short_timeout()).await);
}

#[tokio::test]
async fn missing_database() {
    let db = TestStore::postgres().await;
    let url = format!("{}_missing", db.url.split('?').next().unwrap());
    assert_unavailable(Store::open(&url, short_timeout()).await);
}

/// Another process is writing: a writer waits and gives up in the end. Readers never wait.
#[tokio::test]
async fn locked() {
    let db = TestStore::postgres().await;
    let hurried = db.open_with_short_timeout().await.unwrap();
    let held = db.store.begin().await.unwrap();
    assert_unavailable(hurried.begin().await);
    assert_eq!(hurried.accounts().count().await.unwrap(), 0);
    drop(held);
    hurried.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn table_locked() {
    let db = TestStore::postgres().await;
    let hurried = db.open_with_short_timeout().await.unwrap();
    let mut other = PgConnection::connect(&db.url).await.unwrap();
    run(&mut other, "BEGIN; LOCK TABLE settings IN ACCESS EXCLUSIVE MODE").await;
    assert_unavailable(hurried.settings().find("mark").await);
    run(&mut other, "ROLLBACK").await;
    assert_eq!(hurried.settings().find("mark").await.unwrap(), None);
}

#[tokio::test]
async fn read_only() {
    let db = TestStore::postgres().await;
    let mut tx = db.store.begin().await.unwrap();
    let mut other = PgConnection::connect(&db.url).await.unwrap();
    tx.settings().find("mark").await.unwrap();
    drop(tx);
    // As on a standby: what the session asks for does not count. A role that may not write is the nearest thing.
    run(
        &mut other,
        "CREATE TABLE held (id INT); CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = '25006'; END $$; \
         CREATE TRIGGER refuse BEFORE INSERT ON settings FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
    )
    .await;
    let mut tx = db.store.begin().await.unwrap();
    assert_unavailable(tx.settings().upsert("mark", "1").await);
}

/// Each connection is cut; the next calls open new ones.
#[tokio::test]
async fn cut_connections_recover() {
    let db = TestStore::postgres().await;
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.settings().upsert("mark", "1").await.unwrap();
    let mut other = PgConnection::connect(&db.url).await.unwrap();
    run(
        &mut other,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
    assert_unavailable(tx.settings().upsert("mark", "2").await);
    drop(tx);
    assert_eq!(db.store.accounts().count().await.unwrap(), 1);
    let mut tx = db.store.begin().await.unwrap();
    assert_eq!(tx.settings().find("mark").await.unwrap(), None);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn backup_names_the_right_tool() {
    let db = TestStore::postgres().await;
    let refused = db.store.backup(Path::new("/nowhere/backup.db")).await.unwrap_err();
    assert!(matches!(refused, BackupError::Postgres));
    assert!(refused.to_string().contains("pg_dump"));
}
