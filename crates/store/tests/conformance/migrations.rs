//! Migrations: the same files for both databases, applied once even when several processes start at the same time.

use crate::test_store::{TestDatabase, TestStore};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::path::Path;
use store::{KeyFilter, KeyOrder, KeyOrderBy, Store, StoreOptions};
use test_support::PostgresDatabase;

crate::on_both![
    reopened_database_keeps_its_rows,
    concurrent_opens_migrate_once,
    last_uses_of_an_older_version_get_their_account
];

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database);
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

async fn reopened_database_keeps_its_rows(db: &TestStore) {
    db.with_acme().await;
    db.store.close().await;
    let again = Store::open(&db.url, StoreOptions::default()).await.unwrap();
    again.check().await.unwrap();
    assert_eq!(again.accounts().count().await.unwrap(), 1);
    assert_eq!(again.generation().await.unwrap(), 0);
}

/// Accounts that required codes before codes could be required from a date on.
#[tokio::test]
async fn accounts_that_required_codes_still_do() {
    let postgres = PostgresDatabase::create();
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}/old.db?mode=rwc", folder.path().display());
    let mut on_sqlite = SqliteConnection::connect(&sqlite).await.unwrap();
    let mut on_postgres = PgConnection::connect(postgres.url()).await.unwrap();
    let sql = |database: &str, file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database).join(file);
        AssertSqlSafe(std::fs::read_to_string(path).unwrap())
    };
    let rows = "INSERT INTO accounts (id, name, created_at, requires_two_factor) VALUES ('a', 'A', 1, TRUE), ('b', 'B', 1, FALSE)";
    let select = "SELECT two_factor_required_from FROM accounts ORDER BY id";
    sqlx::raw_sql(sql("sqlite", "0001_accounts.sql")).execute(&mut on_sqlite).await.unwrap();
    sqlx::raw_sql(rows).execute(&mut on_sqlite).await.unwrap();
    sqlx::raw_sql(sql("sqlite", "0004_sign_in.sql")).execute(&mut on_sqlite).await.unwrap();
    let found: Vec<Option<i64>> = sqlx::query_scalar(select).fetch_all(&mut on_sqlite).await.unwrap();
    assert_eq!(found, [Some(0), None], "SQLite");
    sqlx::raw_sql(sql("postgres", "0001_accounts.sql")).execute(&mut on_postgres).await.unwrap();
    sqlx::raw_sql(rows).execute(&mut on_postgres).await.unwrap();
    sqlx::raw_sql(sql("postgres", "0004_sign_in.sql")).execute(&mut on_postgres).await.unwrap();
    let found: Vec<Option<i64>> = sqlx::query_scalar(select).fetch_all(&mut on_postgres).await.unwrap();
    assert_eq!(found, [Some(0), None], "PostgreSQL");
}

async fn last_uses_of_an_older_version_get_their_account(db: &TestStore) {
    db.with_acme().await;
    db.add_key("k1", "Used", 1).await;
    db.add_key("k2", "Unused", 2).await;
    // As it was before: without the column, and with the use of a key whose row is gone.
    db.run_sql(
        "DELETE FROM _sqlx_migrations WHERE description = 'key order'; \
         DROP INDEX keys_name_page; DROP INDEX keys_expiry_page; DROP INDEX last_uses_page; \
         ALTER TABLE last_uses DROP COLUMN account_id; \
         INSERT INTO last_uses (key_id, at) VALUES ('k1', 50), ('gone', 60)",
    )
    .await;
    db.store.close().await;
    let again = Store::open(&db.url, StoreOptions::default()).await.unwrap();
    let order = KeyOrder { by: KeyOrderBy::Used, is_descending: true, after: None };
    let keys = again.keys().list("acme", KeyFilter::default(), order, 10).await.unwrap();
    let seen: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.last_used_at)).collect();
    assert_eq!(seen, [("k1", Some(50)), ("k2", None)]);
}

/// As when a command runs while the server starts for the first time.
async fn concurrent_opens_migrate_once(db: &TestStore) {
    match &db.database {
        TestDatabase::Sqlite(folder) => {
            open_eight_times(&format!("sqlite://{}/new.db", folder.path().display())).await;
        }
        TestDatabase::Postgres(_) => {
            let database = PostgresDatabase::create();
            open_eight_times(database.url()).await;
        }
    }
}

async fn open_eight_times(url: &str) {
    let mut openers = tokio::task::JoinSet::new();
    for opener in 0..8 {
        let url = url.to_owned();
        openers.spawn(async move {
            let store = Store::open(&url, StoreOptions::default()).await.unwrap();
            let mut tx = store.begin().await.unwrap();
            let name = format!("opener {opener}");
            tx.settings().upsert(&name, "done").await.unwrap();
            tx.commit().await.unwrap();
            store.close().await;
        });
    }
    openers.join_all().await;
    let store = Store::open(url, StoreOptions::default()).await.unwrap();
    for opener in 0..8 {
        let name = format!("opener {opener}");
        assert!(store.settings().find(&name).await.unwrap().is_some());
    }
    store.close().await;
}
