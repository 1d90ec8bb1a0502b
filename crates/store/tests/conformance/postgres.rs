//! PostgreSQL only: a server that is unreachable, refuses or is blocked.

use crate::test_store::{TestStore, assert_unavailable, short_timeout};
use sqlx::{Connection, PgConnection};
use std::path::Path;
use store::{BackupError, Store};

async fn run(connection: &mut PgConnection, sql: &'static str) {
    sqlx::raw_sql(sql).execute(connection).await.unwrap();
}

#[tokio::test]
async fn unreachable_server_is_unavailable() {
    // A reserved port, on which nothing listens.
    let url = "postgres://keyhatch@127.0.0.1:1/keyhatch";
    assert_unavailable(Store::open(url, short_timeout()).await);
}

#[tokio::test]
async fn missing_database_is_unavailable() {
    let db = TestStore::postgres().await;
    let url = format!("{}_missing", db.url.split('?').next().unwrap());
    assert_unavailable(Store::open(&url, short_timeout()).await);
}

/// While another process writes, a writer waits and times out. Readers do not wait.
#[tokio::test]
async fn second_writer_times_out_and_readers_do_not_wait() {
    let db = TestStore::postgres().await;
    let impatient = db.open_with_short_timeout().await.unwrap();
    let held = db.store.begin().await.unwrap();
    assert_unavailable(impatient.begin().await);
    assert_eq!(impatient.accounts().count().await.unwrap(), 0);
    drop(held);
    impatient.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn locked_table_is_unavailable() {
    let db = TestStore::postgres().await;
    let impatient = db.open_with_short_timeout().await.unwrap();
    let mut other = PgConnection::connect(&db.url).await.unwrap();
    run(&mut other, "BEGIN; LOCK TABLE settings IN ACCESS EXCLUSIVE MODE").await;
    assert_unavailable(impatient.settings().find("mark").await);
    run(&mut other, "ROLLBACK").await;
    assert_eq!(impatient.settings().find("mark").await.unwrap(), None);
}

#[tokio::test]
async fn read_only_database_is_unavailable() {
    let db = TestStore::postgres().await;
    let mut tx = db.store.begin().await.unwrap();
    let mut other = PgConnection::connect(&db.url).await.unwrap();
    tx.settings().find("mark").await.unwrap();
    drop(tx);
    // As on a standby, which is read-only whatever the session requests; the trigger raises the same error.
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

/// All connections are terminated; the next calls open new ones.
#[tokio::test]
async fn terminated_connections_are_replaced() {
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
async fn backup_error_names_pg_dump() {
    let db = TestStore::postgres().await;
    let refused = db.store.backup(Path::new("/nowhere/backup.db")).await.unwrap_err();
    assert!(matches!(refused, BackupError::Postgres));
    assert!(refused.to_string().contains("pg_dump"));
}
