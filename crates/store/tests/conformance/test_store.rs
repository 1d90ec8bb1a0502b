//! An empty store for one test, and rows to insert.

use sqlx::{Connection, PgConnection, SqliteConnection};
use std::path::PathBuf;
use std::time::Duration;
use store::{AccountRow, KeySecretRow, KeyStamp, MemberRow, NewKey, Store, StoreError, StoreOptions, TwoFactorRow, Tx};
use tempfile::TempDir;
use test_support::PostgresDatabase;

pub struct TestStore {
    pub store: Store,
    pub url: String,
    pub database: TestDatabase,
}

pub enum TestDatabase {
    Sqlite(TempDir),
    Postgres(#[expect(dead_code, reason = "held to drop the database at the end of the test")] PostgresDatabase),
}

impl TestStore {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/keyhatch.db", folder.path().display());
        Self::open(url, TestDatabase::Sqlite(folder)).await
    }

    pub async fn postgres() -> Self {
        let database = PostgresDatabase::create();
        Self::open(database.url().to_owned(), TestDatabase::Postgres(database)).await
    }

    async fn open(url: String, database: TestDatabase) -> Self {
        let store = Store::open(&url, StoreOptions::default()).await.unwrap();
        Self { store, url, database }
    }

    /// Opens the same database again with a short time-out.
    pub async fn open_with_short_timeout(&self) -> Result<Store, StoreError> {
        Store::open(&self.url, short_timeout()).await
    }

    /// Runs SQL on a connection of its own, for what the store cannot or must not do.
    pub async fn run_sql(&self, sql: &'static str) {
        match self.database {
            TestDatabase::Sqlite(_) => {
                let mut other = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut other).await.unwrap();
            }
            TestDatabase::Postgres(_) => {
                let mut other = PgConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut other).await.unwrap();
            }
        }
    }

    /// SQLite only.
    pub fn file(&self) -> PathBuf {
        match &self.database {
            TestDatabase::Sqlite(folder) => folder.path().join("keyhatch.db"),
            TestDatabase::Postgres(_) => panic!("no file"),
        }
    }

    /// An account `acme` with a member `ada`.
    pub async fn with_acme(&self) {
        let mut tx = self.store.begin().await.unwrap();
        tx.accounts().insert(&account("acme")).await.unwrap();
        tx.members().insert(&member("ada", "acme")).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Inserts a key of `acme` created at `created_at`.
    pub async fn add_key(&self, id: &str, name: &str, created_at: i64) {
        let mut tx = self.store.begin().await.unwrap();
        add_key(&mut tx, id, name, created_at).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub fn short_timeout() -> StoreOptions {
    StoreOptions { timeout: Duration::from_secs(1), ..StoreOptions::default() }
}

pub async fn add_key(tx: &mut Tx, id: &str, name: &str, created_at: i64) -> Result<(), StoreError> {
    let generation = tx.next_generation().await?;
    let key = NewKey { name: name.to_owned(), created_at, generation, ..new_key(id, "acme") };
    tx.keys().insert(&key, &secret(id)).await
}

pub fn account(id: &str) -> AccountRow {
    AccountRow { id: id.to_owned(), parent_id: None, name: format!("Account {id}"), created_at: 1 }
}

pub fn member(id: &str, account_id: &str) -> MemberRow {
    MemberRow {
        id: id.to_owned(),
        account_id: account_id.to_owned(),
        email: format!("{id}@example.com"),
        password_hash: "hash".to_owned(),
        role: "owner".to_owned(),
        created_at: 2,
    }
}

pub fn new_key(id: &str, account_id: &str) -> NewKey {
    NewKey {
        id: id.to_owned(),
        account_id: account_id.to_owned(),
        name: format!("Key {id}"),
        environment: "live".to_owned(),
        channel: Some("rest".to_owned()),
        whitelist: "203.0.113.7\n2001:db8::/32".to_owned(),
        privileges: "contacts:read orders:write".to_owned(),
        limits: "second=10 uses=1000".to_owned(),
        created_at: 1_000,
        created_by: "ada".to_owned(),
        expires_at: Some(9_000),
        generation: 1,
    }
}

/// The public id is `p-<key id>`.
pub fn secret(key_id: &str) -> KeySecretRow {
    KeySecretRow {
        public_id: format!("p-{key_id}"),
        key_id: key_id.to_owned(),
        hash: key_id.as_bytes().to_vec(),
        last_chars: "9xQ2f".to_owned(),
        created_at: 1_000,
        retires_at: None,
    }
}

pub fn stamp<'a>(account_id: &'a str, id: &'a str, updated_at: i64, generation: i64) -> KeyStamp<'a> {
    KeyStamp { account_id, id, updated_at, updated_by: "jo", generation }
}

pub fn two_factor(confirmed_at: Option<i64>) -> TwoFactorRow {
    TwoFactorRow {
        member_id: "ada".to_owned(),
        sealed_secret: vec![1, 2, 3],
        created_at: 100,
        confirmed_at,
        last_step: 0,
    }
}

pub fn assert_unavailable<T>(done: Result<T, StoreError>) {
    let error = done.err();
    assert!(matches!(error, Some(StoreError::Unavailable)), "{error:?}");
}
