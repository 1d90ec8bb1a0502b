//! Keys inserted as rows, past the service: creating each through it would draw a PDF. Their secrets are valid, so the
//! gate accepts them.

use crate::app::{START, TestApp};
use domain::key::{Environment, KeyFormat, PublicId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::path::Path;
use store::{KeySecretRow, NewKey, Store};

/// A key that is only in the database.
#[derive(Debug, Clone)]
pub struct InsertedKey {
    /// The key's id.
    pub id: String,
    /// The id in its secret.
    pub public_id: String,
    /// The whole key.
    pub secret: String,
}

/// How many keys share a transaction.
const BATCH: usize = 10_000;

impl TestApp {
    /// Inserts keys of the account without restrictions, numbered from 0.
    pub async fn insert_keys(&self, count: usize) -> Vec<InsertedKey> {
        insert_keys(&self.store().await, self.data_dir(), &self.account, 0..count, |_, _, _| ()).await
    }

    /// Inserts one key whose row `customize` changes first.
    pub async fn insert_key(&self, number: usize, customize: impl FnOnce(&mut NewKey)) -> InsertedKey {
        let mut customize = Some(customize);
        let store = self.store().await;
        let keys = insert_keys(&store, self.data_dir(), &self.account, [number], |_, key, _| {
            customize.take().unwrap()(key);
        });
        keys.await.remove(0)
    }
}

/// Inserts a key for each number into an account; `customize` gets each number and may change its rows first. A number's
/// id, public id and secret are always the same.
pub async fn insert_keys(
    store: &Store,
    data_dir: &Path,
    account: &str,
    numbers: impl IntoIterator<Item = usize>,
    mut customize: impl FnMut(usize, &mut NewKey, &mut KeySecretRow),
) -> Vec<InsertedKey> {
    let pepper = read_pepper(data_dir);
    let numbers: Vec<usize> = numbers.into_iter().collect();
    let mut inserted = Vec::with_capacity(numbers.len());
    for batch in numbers.chunks(BATCH) {
        let mut tx = store.begin().await.unwrap();
        for number in batch {
            let (key, mut secret) = compose(*number, &pepper);
            let generation = tx.next_generation().await.unwrap();
            let mut row = key_row(&key.id, account, generation);
            customize(*number, &mut row, &mut secret);
            tx.keys().insert(&row, &secret).await.unwrap();
            inserted.push(key);
        }
        tx.commit().await.unwrap();
    }
    inserted
}

/// Whether the store says that the key of this secret is deleted.
pub async fn is_deleted(store: &Store, public_id: &str) -> bool {
    store.keys().find_for_auth(public_id).await.unwrap().unwrap().deleted_at.is_some()
}

fn key_row(id: &str, account: &str, generation: i64) -> NewKey {
    NewKey {
        id: id.to_owned(),
        account_id: account.to_owned(),
        name: "Inserted".to_owned(),
        environment: "live".to_owned(),
        channel: None,
        whitelist: String::new(),
        privileges: "*".to_owned(),
        limits: String::new(),
        created_at: START,
        created_by: "test".to_owned(),
        expires_at: None,
        generation,
    }
}

fn compose(number: usize, pepper: &Hmac<Sha256>) -> (InsertedKey, KeySecretRow) {
    let public_id = PublicId::parse(&format!("Te{number:08}")).unwrap();
    let mut bits = [7; 32];
    bits[..4].copy_from_slice(&u32::try_from(number).unwrap().to_le_bytes());
    let secret = KeyFormat::new("kh").unwrap().compose(Environment::Live, &public_id, &bits);
    let mut mac = pepper.clone();
    mac.update(secret.as_bytes());
    let id = format!("key_{number:016}");
    let row = KeySecretRow {
        public_id: public_id.to_string(),
        key_id: id.clone(),
        hash: mac.finalize().into_bytes().to_vec(),
        last_chars: secret[secret.len() - 5..].to_owned(),
        created_at: START,
        retires_at: None,
    };
    (InsertedKey { id, public_id: public_id.to_string(), secret }, row)
}

/// The pepper's file holds it in hexadecimal.
fn read_pepper(data_dir: &Path) -> Hmac<Sha256> {
    let text = std::fs::read_to_string(data_dir.join("pepper")).unwrap();
    let pairs = text.trim().as_bytes().chunks(2);
    let bytes: Vec<u8> = pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
    <Hmac<Sha256> as KeyInit>::new_from_slice(&bytes).unwrap()
}
