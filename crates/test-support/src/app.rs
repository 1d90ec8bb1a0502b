//! A Keyhatch for one test: an empty data directory, a manual clock, seeded randomness, and two accounts.
//!
//! Members are in `members.rs`, rows that no use case writes in `rows.rs`, SQL in `sql.rs`.

use crate::{PostgresDatabase, SeededRandom};
use domain::form::KeyForm;
use domain::limits::LimitsForm;
use domain::policy::Policy;
use domain::time::Millis;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::KeyView;
use service::actor::Actor;
use service::gate::DecisionUnavailable;
use service::keys::CreatedKey;
use service::secrets::{ExposeSecret, SecretString};
use service::{Keyhatch, ManualClock, OpenError, Options, SystemClock, SystemRandom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Store, StoreOptions};
use tempfile::TempDir;

/// The manual clock's time when a test begins: 2026-11-18 10:24:05 UTC.
pub const START: Millis = 1_794_992_645_120;
/// In milliseconds, as all times.
pub const MINUTE: Millis = 60_000;
/// In milliseconds.
pub const HOUR: Millis = 60 * MINUTE;
/// In milliseconds.
pub const DAY: Millis = 24 * HOUR;

/// A Keyhatch with an account `Acme` and another one, on a database of its own. Everything is deleted when this is
/// dropped.
pub struct TestApp {
    /// The process under test.
    pub keyhatch: Keyhatch,
    /// Its clock, unless the builder chose the system's.
    pub clock: Arc<ManualClock>,
    /// The id of the account.
    pub account: String,
    /// The id of an account that has nothing to do with the first.
    pub foreign_account: String,
    /// The database, if it is not SQLite.
    pub postgres: Option<PostgresDatabase>,
    folder: TempDir,
    seeds: AtomicU64,
    process: ProcessSettings,
}

/// What every process on the same data has in common.
#[derive(Clone, Copy)]
struct ProcessSettings {
    /// The machine's clock and randomness instead of the test's.
    system: bool,
    durable: bool,
    database_timeout: Duration,
}

/// Chooses what differs from [`TestApp::sqlite`].
pub struct TestAppBuilder {
    policy: Policy,
    postgres: bool,
    process: ProcessSettings,
}

impl Default for TestAppBuilder {
    fn default() -> Self {
        let database_timeout = StoreOptions::default().timeout;
        let process = ProcessSettings { system: false, durable: false, database_timeout };
        Self { policy: Policy::default(), postgres: false, process }
    }
}

impl TestAppBuilder {
    /// The operator's policy instead of the default one.
    #[must_use]
    pub fn policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// A PostgreSQL database instead of SQLite.
    #[must_use]
    pub fn postgres(self) -> Self {
        Self { postgres: true, ..self }
    }

    /// The machine's clock and randomness, for tests that run as long as a real call; [`TestApp::clock`] has no effect.
    #[must_use]
    pub fn system_clock_and_randomness(self) -> Self {
        Self { process: ProcessSettings { system: true, ..self.process }, ..self }
    }

    /// Syncs every acknowledged change to the disk, as in production.
    #[must_use]
    pub fn durable(self) -> Self {
        Self { process: ProcessSettings { durable: true, ..self.process }, ..self }
    }

    /// How long one statement waits for the database, instead of five seconds.
    #[must_use]
    pub fn database_timeout(self, database_timeout: Duration) -> Self {
        Self { process: ProcessSettings { database_timeout, ..self.process }, ..self }
    }

    /// Opens an empty data directory and creates the two accounts.
    pub async fn build(self) -> TestApp {
        let postgres = self.postgres.then(PostgresDatabase::create);
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let mut options = test_options(folder.path(), &clock, 1);
        options.policy = self.policy;
        options.database_url = postgres.as_ref().map(|database| SecretString::from(database.url()));
        let keyhatch = self.process.open(options).await.unwrap();
        let account = keyhatch.accounts().create(&Actor::Operator, "Acme", None).await.unwrap();
        let foreign_account = keyhatch.accounts().create(&Actor::Operator, "Other", None).await.unwrap();
        let seeds = AtomicU64::new(2);
        TestApp { keyhatch, clock, account, foreign_account, postgres, folder, seeds, process: self.process }
    }
}

impl ProcessSettings {
    async fn open(self, options: Options) -> Result<Keyhatch, OpenError> {
        let mut options = Options { durable: self.durable, ..options };
        if self.system {
            options = Options { clock: Box::new(SystemClock), random: Box::new(SystemRandom), ..options };
        }
        Keyhatch::open_with_database_timeout(options, self.database_timeout).await
    }
}

impl TestApp {
    /// On SQLite, with the default policy.
    pub async fn sqlite() -> Self {
        Self::builder().build().await
    }

    /// On PostgreSQL, with the default policy.
    pub async fn postgres() -> Self {
        Self::builder().postgres().build().await
    }

    /// On SQLite, with this policy.
    pub async fn with_policy(policy: Policy) -> Self {
        Self::builder().policy(policy).build().await
    }

    /// Begins with SQLite, the default policy, a manual clock and seeded randomness.
    #[must_use]
    pub fn builder() -> TestAppBuilder {
        TestAppBuilder::default()
    }

    /// A second process on the same data, such as the command line.
    pub async fn open_second(&self) -> Result<Keyhatch, OpenError> {
        self.open_second_with_clock(&self.clock).await
    }

    /// A second process on the same data, on a machine with another clock.
    pub async fn open_second_with_clock(&self, clock: &Arc<ManualClock>) -> Result<Keyhatch, OpenError> {
        // Two processes never share a seed.
        let mut options = test_options(self.data_dir(), clock, self.seeds.fetch_add(1, Ordering::Relaxed));
        options.policy = self.keyhatch.policy().clone();
        options.database_url = self.postgres.as_ref().map(|database| SecretString::from(database.url()));
        self.process.open(options).await
    }

    /// Closes the process and starts another one on the same data.
    pub async fn restart(&mut self) {
        self.keyhatch.close().await.unwrap();
        self.start().await.unwrap();
    }

    /// Starts another process in place of the present one, which is not closed first.
    pub async fn start(&mut self) -> Result<(), OpenError> {
        self.keyhatch = self.open_second().await?;
        Ok(())
    }

    /// The data directory.
    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the data directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The address of the database.
    pub fn database_url(&self) -> String {
        self.postgres.as_ref().map_or_else(
            || format!("sqlite:{}", self.file("keyhatch.db").display()),
            |database| database.url().to_owned(),
        )
    }

    /// The database without the use cases around it.
    pub async fn store(&self) -> Store {
        Store::open(&self.database_url(), StoreOptions::default()).await.unwrap()
    }

    /// A key of the account without any restriction.
    pub async fn create_key(&self, name: &str) -> CreatedKey {
        self.create_key_with(&unrestricted_key_form(name)).await
    }

    /// A key of the account without any restriction but limits.
    pub async fn create_limited_key(&self, limits: LimitsForm) -> CreatedKey {
        self.create_key_with(&KeyForm { limits, ..unrestricted_key_form("Limited") }).await
    }

    /// A key of the account with a whitelist and privileges; `["*"]` means all of them.
    pub async fn create_restricted_key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> CreatedKey {
        let form = KeyForm {
            name: name.to_owned(),
            whitelist: whitelist.to_owned(),
            all_privileges: privileges == ["*"],
            privileges: privileges.iter().filter(|one| **one != "*").map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        self.create_key_with(&form).await
    }

    /// A key of the account as the form describes it.
    pub async fn create_key_with(&self, form: &KeyForm) -> CreatedKey {
        self.keyhatch.keys().create(&Actor::Operator, &self.account, form).await.unwrap()
    }

    /// A key as its account sees it, but without its last use, which the test's own calls change.
    pub async fn key_without_last_use(&self, id: &str) -> Result<KeyView, service::Error> {
        let found = self.keyhatch.keys().find(&Actor::Operator, &self.account, id).await?;
        Ok(KeyView { last_use: None, ..found })
    }

    /// Deletes a key of the account, as the operator.
    pub async fn delete_key(&self, id: &str) -> Result<(), service::Error> {
        self.keyhatch.keys().delete(&Actor::Operator, &self.account, id, "").await
    }

    /// The gate's decision about a call that needs nothing.
    pub async fn decide(&self, key: &SecretString) -> Result<VerdictCode, DecisionUnavailable> {
        decide(&self.keyhatch, key.expose_secret()).await
    }
}

/// How a test opens a data directory by itself: SQLite, the default policy, not synced to the disk.
#[must_use]
pub fn test_options(data_dir: &Path, clock: &Arc<ManualClock>, seed: u64) -> Options {
    Options {
        data_dir: data_dir.to_owned(),
        database_url: None,
        pepper: None,
        policy: Policy::default(),
        clock: Box::new(Arc::clone(clock)),
        random: Box::new(SeededRandom::new(seed)),
        durable: false,
    }
}

/// The decision about a call without an address that needs nothing.
pub async fn decide(keyhatch: &Keyhatch, key: &str) -> Result<VerdictCode, DecisionUnavailable> {
    Ok(keyhatch.gate().decide(&call_request(key)).await?.code)
}

/// A call without an address that needs nothing.
#[must_use]
pub fn call_request(key: &str) -> CallRequest<'_> {
    CallRequest { credential: key, name: None, address: None, privilege: None, channel: None, cost: 1 }
}

/// The form of a key that may do everything from everywhere.
#[must_use]
pub fn unrestricted_key_form(name: &str) -> KeyForm {
    KeyForm { name: name.to_owned(), all_privileges: true, ..KeyForm::default() }
}
