//! A Keyhatch for one test: an empty folder, a clock moved by hand, randomness from a seed, two accounts with a member
//! of each role. What is asserted about it does not belong here.

use crate::server::PostgresDatabase;
use domain::form::{KeyForm, SignInForm};
use domain::member::Role;
use domain::policy::Policy;
use domain::time::Millis;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::KeyView;
use service::actor::{Actor, Viewer};
use service::gate::DecisionUnavailable;
use service::keys::CreatedKey;
use service::secrets::{ExposeSecret, SecretString};
use service::{Keyhatch, ManualClock, OpenError, Options, Random};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::Store;
use tempfile::TempDir;

/// When every test begins: 2026-11-18 10:24:05 UTC.
pub const START: Millis = 1_794_992_645_120;
pub const MINUTE: Millis = 60_000;
pub const HOUR: Millis = 60 * MINUTE;
pub const DAY: Millis = 24 * HOUR;
pub const PASSWORD: &str = "correct horse battery staple";
pub const ROLES: [Role; 3] = [Role::Owner, Role::Admin, Role::Viewer];

/// Repeats itself from test to test. Each opening of a world takes another seed: two processes never share one.
pub struct Seeded(Mutex<u64>);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    /// `SplitMix64`.
    fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Random for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

pub struct World {
    pub keyhatch: Keyhatch,
    pub clock: Arc<ManualClock>,
    pub account: String,
    pub foreign: String,
    pub postgres: Option<PostgresDatabase>,
    folder: TempDir,
    seeds: AtomicU64,
}

impl World {
    pub async fn sqlite() -> Self {
        Self::new(None, Policy::default()).await
    }

    pub async fn postgres() -> Self {
        Self::new(Some(PostgresDatabase::create()), Policy::default()).await
    }

    pub async fn with(policy: Policy) -> Self {
        Self::new(None, policy).await
    }

    async fn new(postgres: Option<PostgresDatabase>, policy: Policy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let seeds = AtomicU64::new(1);
        let url = postgres.as_ref().map(|database| database.url().to_owned());
        let keyhatch = open(folder.path(), url, &clock, &seeds, policy).await.unwrap();
        let account = keyhatch.accounts().create(&Actor::Operator, "Acme", None).await.unwrap();
        let foreign = keyhatch.accounts().create(&Actor::Operator, "Other", None).await.unwrap();
        Self { keyhatch, clock, account, foreign, postgres, folder, seeds }
    }

    /// Another process on the same data, as the command line is one.
    pub async fn open_beside(&self) -> Result<Keyhatch, OpenError> {
        self.open_with_clock(&self.clock).await
    }

    /// Another process on the same data, whose machine has a clock of its own.
    pub async fn open_with_clock(&self, clock: &Arc<ManualClock>) -> Result<Keyhatch, OpenError> {
        open(self.path(), self.url(), clock, &self.seeds, self.keyhatch.policy().clone()).await
    }

    /// Ends the process properly and starts another one.
    pub async fn reopen(&mut self) {
        self.keyhatch.close().await.unwrap();
        self.start().await.unwrap();
    }

    /// Starts another process in place of this one.
    pub async fn start(&mut self) -> Result<(), OpenError> {
        self.keyhatch = self.open_beside().await?;
        Ok(())
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn url(&self) -> Option<String> {
        self.postgres.as_ref().map(|database| database.url().to_owned())
    }

    /// The database without the use cases around it.
    pub async fn store(&self) -> Store {
        let url = self.url().unwrap_or_else(|| format!("sqlite:{}", self.file("keyhatch.db").display()));
        Store::open(&url, store::StoreOptions::default()).await.unwrap()
    }

    /// A signed-in member of the account.
    pub async fn member(&self, role: Role) -> Actor {
        self.member_of(&self.account, role).await
    }

    pub async fn member_of(&self, account: &str, role: Role) -> Actor {
        let email = format!("{}@{account}.example.com", role.as_str());
        let password = SecretString::from(PASSWORD);
        self.keyhatch.members().create(&Actor::Operator, account, &email, role, &password).await.unwrap();
        let token = self.sign_in(&email, PASSWORD).await.unwrap();
        Actor::Member(self.viewer(&token).await.unwrap())
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SecretString, service::Error> {
        let signed_in = self.keyhatch.identity().sign_in(&sign_in_form(email, password), Some(home()), None).await?;
        Ok(signed_in.token)
    }

    pub async fn viewer(&self, token: &SecretString) -> Result<Viewer, service::Error> {
        self.keyhatch.identity().viewer(token, Some(home())).await
    }

    /// A signed-in member of the account who uses two-factor codes; also the secret of their app and their recovery
    /// codes. The code that set it up is used, so the clock goes on past it.
    pub async fn with_two_factor(&self, role: Role) -> (Viewer, String, Vec<SecretString>) {
        let Actor::Member(viewer) = self.member(role).await else { unreachable!("a member") };
        let (app, codes) = self.turn_on_two_factor(&viewer).await;
        (viewer, app, codes)
    }

    pub async fn turn_on_two_factor(&self, viewer: &Viewer) -> (String, Vec<SecretString>) {
        self.keyhatch.security().begin_two_factor(viewer, &SecretString::from(PASSWORD)).await.unwrap();
        let set_up = self.keyhatch.security().find_two_factor_set_up(viewer).await.unwrap().unwrap();
        let app = set_up.secret.expose_secret().to_owned();
        let codes = self.keyhatch.security().enable_two_factor(viewer, &self.code(&app)).await.unwrap();
        self.clock.advance(MINUTE);
        (app, codes)
    }

    /// What an app shows now.
    pub fn code(&self, app: &str) -> SecretString {
        SecretString::from(service::code_at(app, self.keyhatch.now()).unwrap())
    }

    /// A key of the account that may do everything from everywhere.
    pub async fn issue(&self, name: &str) -> CreatedKey {
        self.issue_form(&open_form(name)).await
    }

    pub async fn issue_form(&self, form: &KeyForm) -> CreatedKey {
        self.keyhatch.keys().create(&Actor::Operator, &self.account, form).await.unwrap()
    }

    /// A key as its account sees it, but for its last use, which calls of a test change.
    pub async fn unused_view(&self, id: &str) -> Result<KeyView, service::Error> {
        let found = self.keyhatch.keys().find(&Actor::Operator, &self.account, id).await?;
        Ok(KeyView { last_use: None, ..found })
    }

    pub async fn delete(&self, id: &str) -> Result<(), service::Error> {
        self.keyhatch.keys().delete(&Actor::Operator, &self.account, id, "").await
    }

    pub async fn ask(&self, key: &SecretString) -> Result<VerdictCode, DecisionUnavailable> {
        ask(&self.keyhatch, key.expose_secret()).await
    }
}

async fn open(
    folder: &Path,
    url: Option<String>,
    clock: &Arc<ManualClock>,
    seeds: &AtomicU64,
    policy: Policy,
) -> Result<Keyhatch, OpenError> {
    let options = Options { policy, database_url: url.map(SecretString::from), ..options(folder, clock, seeds) };
    Keyhatch::open(options).await
}

/// An SQLite database in the folder, which is not synced to the disk: no test cuts the power.
pub fn options(folder: &Path, clock: &Arc<ManualClock>, seeds: &AtomicU64) -> Options {
    Options {
        data_dir: folder.to_owned(),
        database_url: None,
        pepper: None,
        policy: Policy::default(),
        clock: Box::new(Arc::clone(clock)),
        random: Box::new(Seeded::new(seeds.fetch_add(1, Ordering::Relaxed))),
        durable: false,
    }
}

/// A call from nowhere in particular that needs nothing.
pub async fn ask(keyhatch: &Keyhatch, key: &str) -> Result<VerdictCode, DecisionUnavailable> {
    Ok(keyhatch.gate().decide(&call(key)).await?.code)
}

pub fn call(key: &str) -> CallRequest<'_> {
    CallRequest { credential: key, name: None, address: None, privilege: None, channel: None, cost: 1 }
}

pub fn open_form(name: &str) -> KeyForm {
    KeyForm { name: name.to_owned(), all_privileges: true, ..KeyForm::default() }
}

pub fn sign_in_form(email: &str, password: &str) -> SignInForm {
    SignInForm { email: email.to_owned(), password: password.to_owned() }
}

/// Where members usually sign in from.
pub fn home() -> IpAddr {
    IpAddr::from([198, 51, 100, 7])
}

/// Waits until something holds, at most ten seconds: far longer than anything that is waited for takes.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds().await {
        assert!(Instant::now() < deadline, "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
