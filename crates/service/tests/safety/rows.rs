//! Rows that no use case writes yet, or must never write: put in past the service, with a secret that is right.

use crate::world::{START, World};
use domain::key::{Environment, KeyFormat, PublicId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{KeySecretRow, NewKey, Store};

/// A key that lies in the database and was never issued.
#[derive(Clone)]
pub struct Planted {
    pub id: String,
    pub public_id: String,
    pub value: String,
}

impl World {
    /// Puts in many keys at once: issuing each would draw as many PDFs.
    pub async fn plant(&self, count: u32) -> Vec<Planted> {
        let (store, pepper) = (self.store().await, self.pepper());
        let mut tx = store.begin().await.unwrap();
        let mut planted = Vec::new();
        for number in 0..count {
            let key = compose(number, &pepper);
            let generation = tx.next_generation().await.unwrap();
            let new = NewKey { generation, ..self.row(&key.0.id) };
            tx.keys().insert(&new, &key.1).await.unwrap();
            planted.push(key.0);
        }
        tx.commit().await.unwrap();
        planted
    }

    /// One key whose row is changed before it goes in.
    pub async fn plant_one(&self, number: u32, change: impl FnOnce(&mut NewKey)) -> Planted {
        let store = self.store().await;
        let (key, secret) = compose(number, &self.pepper());
        let mut tx = store.begin().await.unwrap();
        let mut new = NewKey { generation: tx.next_generation().await.unwrap(), ..self.row(&key.id) };
        change(&mut new);
        tx.keys().insert(&new, &secret).await.unwrap();
        tx.commit().await.unwrap();
        key
    }

    fn row(&self, id: &str) -> NewKey {
        NewKey {
            id: id.to_owned(),
            account_id: self.account.clone(),
            name: "Planted".to_owned(),
            environment: "live".to_owned(),
            channel: None,
            whitelist: String::new(),
            privileges: "*".to_owned(),
            limits: String::new(),
            created_at: START,
            created_by: "test".to_owned(),
            expires_at: None,
            generation: 0,
        }
    }

    fn pepper(&self) -> Hmac<Sha256> {
        let text = std::fs::read_to_string(self.file("pepper")).unwrap();
        let bytes: Vec<u8> = text
            .trim()
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        <Hmac<Sha256> as KeyInit>::new_from_slice(&bytes).unwrap()
    }

    /// Runs SQL that no part of the product would run.
    pub async fn sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        if let Some(database) = &self.postgres {
            let mut connection = PgConnection::connect(database.url()).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = self.sqlite_connection().await;
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
    }

    pub async fn sqlite_connection(&self) -> SqliteConnection {
        SqliteConnection::connect(&format!("sqlite:{}", self.file("keyhatch.db").display())).await.unwrap()
    }

    /// One number that SQL answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        if let Some(database) = &self.postgres {
            let mut connection = PgConnection::connect(database.url()).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            sqlx::query_scalar(sql).fetch_one(&mut self.sqlite_connection().await).await.unwrap()
        }
    }

    /// What a failed change must not have touched.
    pub async fn counts(&self) -> [i64; 5] {
        [
            self.number("SELECT COUNT(*) FROM keys").await,
            self.number("SELECT COUNT(*) FROM keys WHERE deleted_at IS NULL").await,
            self.number("SELECT COUNT(*) FROM key_secrets").await,
            self.number("SELECT COUNT(*) FROM audit").await,
            self.number("SELECT COUNT(*) FROM sessions").await,
        ]
    }
}

/// Whether the store says that this secret's key is deleted.
pub async fn is_deleted(store: &Store, public_id: &str) -> bool {
    store.keys().find_for_auth(public_id).await.unwrap().unwrap().deleted_at.is_some()
}

fn compose(number: u32, pepper: &Hmac<Sha256>) -> (Planted, KeySecretRow) {
    let public_id = PublicId::parse(&format!("Plant{number:05}")).unwrap();
    let mut secret = [7; 32];
    secret[..4].copy_from_slice(&number.to_le_bytes());
    let value = KeyFormat::new("kh").unwrap().compose(Environment::Live, &public_id, &secret);
    let mut mac = pepper.clone();
    mac.update(value.as_bytes());
    let id = format!("key_planted{number:05}");
    let row = KeySecretRow {
        public_id: public_id.to_string(),
        key_id: id.clone(),
        hash: mac.finalize().into_bytes().to_vec(),
        last_chars: value[value.len() - 5..].to_owned(),
        created_at: START,
        retires_at: None,
    };
    (Planted { id, public_id: public_id.to_string(), value }, row)
}
