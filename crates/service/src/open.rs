//! Opening Keyhatch: the data directory, the database, the pepper, the ledger; then the services on top of them.

use crate::accounts::Accounts;
use crate::audit::Audit;
use crate::audit_chain::AuditChain;
use crate::context::Context;
use crate::credentials::Credentials;
use crate::error::OpenError;
use crate::identity::{Identity, InitialSetup, MemberSessions, OperatorTokens, PasswordResets};
use crate::keyhatch::{Keyhatch, Services};
use crate::keys::{KeyCalls, KeySecrets, Keys};
use crate::ledger::Ledger;
use crate::members::Members;
use crate::security::Security;
use crate::{maintenance, pepper, replay};
use clock::{Clock, MonotonicClock};
use domain::key::KeyFormat;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use gate::{Gate, GateOptions};
use secrets::{ExposeSecret, Random, SecretString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, StoreOptions, Synchronous};

/// How to open Keyhatch.
pub struct Options {
    /// The directory of the pepper and the ledger, and of the database if it is SQLite.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres://…`; `None` means the SQLite file in the data directory.
    pub database_url: Option<SecretString>,
    /// The pepper, if it does not come from its file.
    pub pepper: Option<SecretString>,
    /// The operator's policy.
    pub policy: Policy,
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The source of randomness.
    pub random: Box<dyn Random>,
    /// Whether acknowledged changes survive a power cut. Turned off only to show that a test would notice.
    pub durable: bool,
}

impl Keyhatch {
    /// Opens the data directory and the database, creates what a first start needs, and makes database and revocation
    /// ledger agree.
    ///
    /// # Errors
    /// Everything that makes it unsafe to continue; the message tells the operator what to do.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        Self::open_with_database_timeout(options, StoreOptions::default().timeout).await
    }

    /// [`Keyhatch::open`] with another limit for how long one statement waits for the database. Tests of outages shorten
    /// it.
    ///
    /// # Errors
    /// As for [`Keyhatch::open`].
    pub async fn open_with_database_timeout(options: Options, timeout: Duration) -> Result<Self, OpenError> {
        create_dir(&options.data_dir)?;
        let (key_format, catalogue) = check_policy(&options.policy)?;
        let store = open_store(&options, timeout).await?;
        let random = options.random;
        let pepper = pepper::load(&options.data_dir, options.pepper.as_ref(), &store, random.as_ref()).await?;
        let pepper = Arc::new(pepper);
        let (ledger, revocations) = Ledger::open(&options.data_dir, options.durable)?;
        let high_water_mark = maintenance::read_time_mark(&store).await?;
        let clock = Arc::new(MonotonicClock::new(options.clock, high_water_mark));
        let gate = GateOptions {
            store: store.clone(),
            key_format: key_format.clone(),
            key_prefix: options.policy.key_prefix.clone(),
            pepper: Arc::clone(&pepper),
            clock: Arc::clone(&clock),
        };
        let gate = Arc::new(Gate::open(gate).await?);
        let context = Arc::new(Context {
            audit: AuditChain::new(&pepper),
            policy: options.policy,
            store,
            catalogue,
            key_format,
            pepper,
            clock,
            random,
        });
        replay::reconcile(&context, &ledger, revocations).await?;
        Ok(compose(context, gate, ledger))
    }
}

fn compose(context: Arc<Context>, gate: Arc<Gate>, ledger: Ledger) -> Keyhatch {
    let credentials = Arc::new(Credentials::new(Arc::clone(&context)));
    Keyhatch(Arc::new(Services {
        accounts: Accounts::new(Arc::clone(&context), Arc::clone(&gate), ledger.clone()),
        members: Members::new(Arc::clone(&context), Arc::clone(&credentials)),
        keys: Keys::new(Arc::clone(&context), Arc::clone(&gate), ledger.clone()),
        key_secrets: KeySecrets::new(Arc::clone(&context), Arc::clone(&gate), ledger),
        key_calls: KeyCalls::new(Arc::clone(&context), Arc::clone(&gate)),
        identity: Identity::new(Arc::clone(&context)),
        sessions: MemberSessions::new(Arc::clone(&context), Arc::clone(&credentials)),
        setup: InitialSetup::new(Arc::clone(&context), Arc::clone(&credentials)),
        password_resets: PasswordResets::new(Arc::clone(&context), Arc::clone(&credentials)),
        operator_tokens: OperatorTokens::new(Arc::clone(&context)),
        security: Security::new(Arc::clone(&context), credentials),
        audit: Audit::new(Arc::clone(&context)),
        context,
        gate,
    }))
}

fn check_policy(policy: &Policy) -> Result<(KeyFormat, Catalogue), OpenError> {
    let catalogue = Catalogue::parse(policy.modules.clone()).map_err(|error| OpenError::Policy(error.to_string()))?;
    let format = KeyFormat::new(&policy.key_prefix).map_err(|error| OpenError::Policy(error.to_string()))?;
    Ok((format.with_last_shown(policy.last_chars_shown), catalogue))
}

fn create_dir(path: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| OpenError::DataDir { path: path.display().to_string(), source })
}

async fn open_store(options: &Options, timeout: Duration) -> Result<Store, OpenError> {
    let url = match &options.database_url {
        Some(url) => url.expose_secret().to_owned(),
        None => format!("sqlite:{}", options.data_dir.join("keyhatch.db").display()),
    };
    let synchronous = if options.durable { Synchronous::Full } else { Synchronous::Off };
    Ok(Store::open(&url, StoreOptions { synchronous, timeout, ..StoreOptions::default() }).await?)
}
