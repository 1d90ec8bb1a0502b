//! A data directory with an account, its owner and many keys. Keys are written as rows: issuing a million of them with
//! their PDFs would take an hour.

use domain::key::{Environment, KeyFormat, PublicId};
use domain::policy::Policy;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use service::actor::Actor;
use service::{Keyhatch, Options, Random as _, SystemClock, SystemRandom};
use sha2::Sha256;
use store::{KeySecretRow, NewKey, Store};
use tempfile::TempDir;

pub const EMAIL: &str = "owner@example.com";
pub const PASSWORD: &str = "a password for figures";
/// 1 January 2026.
const LONG_AGO: i64 = 1_767_225_600_000;

pub struct World {
    pub folder: TempDir,
    pub account: String,
    /// An operator's, for the management interface.
    pub token: SecretString,
    pub keys: Vec<String>,
}

pub fn policy() -> Policy {
    Policy { keys_per_account: 100_000, ..Policy::default() }
}

pub async fn open(folder: &std::path::Path) -> Keyhatch {
    let options = Options {
        data_dir: folder.to_owned(),
        database_url: None,
        pepper: None,
        policy: policy(),
        clock: Box::new(SystemClock),
        random: Box::new(SystemRandom),
        durable: true,
    };
    Keyhatch::open(options).await.expect("the data directory opens")
}

impl World {
    pub fn with_keys(count: usize) -> Self {
        Self::with_limits(count, "")
    }

    /// Each key with the limits as they are stored.
    pub fn with_limits(count: usize, limits: &str) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(Self::make(count, limits))
    }

    async fn make(count: usize, limits: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let keyhatch = open(folder.path()).await;
        let account = keyhatch.accounts().create(&Actor::Operator, "Acme Mail", None).await.expect("an account");
        let password = SecretString::from(PASSWORD);
        let role = domain::member::Role::Owner;
        keyhatch.members().create(&Actor::Operator, &account, EMAIL, role, &password).await.expect("a member");
        let token = keyhatch.identity().create_token(&Actor::Operator, "Figures").await.expect("a token").value;
        keyhatch.close().await.expect("the database closes");
        let keys = insert(folder.path(), &account, count, limits).await;
        Self { folder, account, token, keys }
    }
}

async fn insert(folder: &std::path::Path, account: &str, count: usize, limits: &str) -> Vec<String> {
    let pepper = std::fs::read_to_string(folder.join("pepper")).expect("the pepper");
    let pepper: Vec<u8> = pepper
        .trim()
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimal"))
        .collect();
    let format = KeyFormat::new(&policy().key_prefix).expect("a prefix");
    let url = format!("sqlite:{}", folder.join("keyhatch.db").display());
    let store = Store::open(&url, store::StoreOptions::default()).await.expect("the database opens");
    let mut keys = Vec::with_capacity(count);
    let mut left = count;
    while left > 0 {
        let batch = left.min(10_000);
        let mut tx = store.begin().await.expect("a transaction");
        let generation = tx.next_generation().await.expect("a generation");
        for _ in 0..batch {
            let (key, new, secret) = row(&format, &pepper, account, keys.len(), generation);
            let new = NewKey { limits: limits.to_owned(), ..new };
            tx.keys().insert(&new, &secret).await.expect("a key");
            keys.push(key);
        }
        tx.commit().await.expect("a commit");
        left -= batch;
    }
    store.close().await;
    keys
}

/// Well-formed keys that do not exist.
pub fn unknown_keys(count: usize) -> Vec<String> {
    let format = KeyFormat::new(&policy().key_prefix).expect("a prefix");
    let unknown_key = |_| {
        let mut bits = [0; 32];
        SystemRandom.fill(&mut bits);
        let public_id = PublicId::from_random(&mut |buffer: &mut [u8]| SystemRandom.fill(buffer));
        format.compose(Environment::Live, &public_id, &bits)
    };
    (0..count).map(unknown_key).collect()
}

fn row(
    format: &KeyFormat,
    pepper: &[u8],
    account: &str,
    number: usize,
    generation: i64,
) -> (String, NewKey, KeySecretRow) {
    let mut bits = [0; 32];
    SystemRandom.fill(&mut bits);
    let public_id = PublicId::from_random(&mut |buffer: &mut [u8]| SystemRandom.fill(buffer));
    let key = format.compose(Environment::Live, &public_id, &bits);
    let mut mac = Hmac::<Sha256>::new_from_slice(pepper).expect("HMAC takes keys of every length");
    mac.update(key.as_bytes());
    let created_at = LONG_AGO + i64::try_from(number).expect("a number of keys");
    let id = format!("key_{number:016}");
    let new = NewKey {
        id: id.clone(),
        account_id: account.to_owned(),
        name: format!("Warehouse sync {number}"),
        environment: "live".to_owned(),
        channel: None,
        whitelist: "127.0.0.0/8\n203.0.113.7".to_owned(),
        privileges: "contacts:read orders:read orders:write".to_owned(),
        limits: String::new(),
        created_at,
        created_by: EMAIL.to_owned(),
        expires_at: None,
        generation,
    };
    let secret = KeySecretRow {
        public_id: public_id.as_str().to_owned(),
        key_id: id,
        hash: mac.finalize().into_bytes().to_vec(),
        last_chars: key[key.len() - 5..].to_owned(),
        created_at,
        retires_at: None,
    };
    (key, new, secret)
}
