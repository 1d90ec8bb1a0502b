//! A data directory with an account, its owner and many keys. Keys are inserted as rows: creating a million of them with
//! their PDFs would take an hour.

use domain::key::{Environment, KeyFormat, PublicId};
use domain::member::Role;
use domain::policy::Policy;
use secrecy::SecretString;
use service::actor::Actor;
use service::{Keyhatch, Options, Random as _, SystemClock, SystemRandom};
use std::path::Path;
use test_support::{TestApp, insert_keys};

pub const EMAIL: &str = "owner@example.com";
pub const PASSWORD: &str = "a password for figures";
/// 1 January 2026.
const CREATED_AT: i64 = 1_767_225_600_000;

pub struct Dataset {
    /// Closed; it keeps the data directory.
    app: TestApp,
    /// An operator's, for the management interface.
    pub token: SecretString,
    /// The secrets.
    pub keys: Vec<String>,
}

pub fn policy() -> Policy {
    Policy { keys_per_account: 100_000, ..Policy::default() }
}

/// As the program opens its data directory.
pub async fn open(folder: &Path) -> Keyhatch {
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

impl Dataset {
    pub fn with_keys(count: usize) -> Self {
        Self::with_limits(count, "")
    }

    /// Each key with these limits, in their stored form.
    pub fn with_limits(count: usize, limits: &str) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(Self::create(count, limits))
    }

    pub fn data_dir(&self) -> &Path {
        self.app.data_dir()
    }

    pub fn account(&self) -> &str {
        &self.app.account
    }

    async fn create(count: usize, limits: &str) -> Self {
        let app = TestApp::builder().policy(policy()).system_clock_and_randomness().durable().build().await;
        let password = SecretString::from(PASSWORD);
        let members = app.keyhatch.members();
        members.create(&Actor::Operator, &app.account, EMAIL, Role::Owner, &password).await.expect("a member");
        let token = app.keyhatch.operator_tokens().create(&Actor::Operator, "Figures").await.expect("a token").value;
        app.keyhatch.close().await.expect("the database closes");
        let store = app.store().await;
        let keys = insert_keys(&store, app.data_dir(), &app.account, 0..count, |number, key, secret| {
            key.name = format!("Warehouse sync {number}");
            "127.0.0.0/8\n203.0.113.7".clone_into(&mut key.whitelist);
            "contacts:read orders:read orders:write".clone_into(&mut key.privileges);
            limits.clone_into(&mut key.limits);
            EMAIL.clone_into(&mut key.created_by);
            key.created_at = CREATED_AT + i64::try_from(number).expect("a number of keys");
            secret.created_at = key.created_at;
        });
        let keys = keys.await.into_iter().map(|key| key.secret).collect();
        store.close().await;
        Self { app, token, keys }
    }
}

/// Well-formed keys that were never created.
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
