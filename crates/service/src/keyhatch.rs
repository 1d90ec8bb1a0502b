//! The assembled product: what every use case works with, and how it is opened.

use crate::access::{SetupLink, Throttle};
use crate::audit::Chain;
use crate::clock::{Clock, Time};
use crate::error::{Error, OpenError};
use crate::gate::cache::Cache;
use crate::gate::entry::Entry;
use crate::gate::freshness::Freshness;
use crate::gate::known::Known;
use crate::gate::old_uses::OldUses;
use crate::gate::rounds::Rounds;
use crate::gate::shared::Shared;
use crate::gate::uses::Uses;
use crate::keys::together::Orders;
use crate::ledger::Ledger;
use crate::limits::{Counters, Takings};
use crate::random::Random;
use crate::secrets::passwords::Passwords;
use crate::secrets::pepper::{self, Pepper};
use crate::security::Seal;
use domain::key::KeyFormat;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Store, Synchronous};

/// Keys held in memory; `gate_mib_per_million_keys` of `make bench` is what a million of them take.
const CACHED_KEYS: usize = 2_000_000;

/// How to open Keyhatch.
pub struct Options {
    /// Where the pepper and the ledger are, and the database if it is SQLite.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres://…`; `None` is the SQLite file in the data directory.
    pub database_url: Option<SecretString>,
    /// The pepper, if it does not come from its file.
    pub pepper: Option<SecretString>,
    /// What is allowed.
    pub policy: Policy,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// Randomness.
    pub random: Box<dyn Random>,
    /// Whether what is acknowledged survives a power cut. Off only to show that a test would notice.
    pub durable: bool,
}

/// Keyhatch. Cloning it is cheap and gives the same one.
#[derive(Clone)]
pub struct Keyhatch(Arc<Parts>);

struct Parts {
    store: Store,
    policy: Policy,
    catalogue: Catalogue,
    format: KeyFormat,
    pepper: Pepper,
    chain: Chain,
    seal: Seal,
    ledger: Ledger,
    cache: Cache<Entry>,
    shared: Shared,
    known: Known,
    rounds: Rounds,
    orders: Orders,
    uses: Uses,
    old_uses: OldUses,
    counters: Counters,
    takings: Takings,
    freshness: Freshness,
    passwords: Passwords,
    throttle: Throttle,
    setup_link: SetupLink,
    time: Time,
    random: Box<dyn Random>,
}

impl Keyhatch {
    /// Opens the data directory and the database, makes what the first start makes, and revokes again whatever the
    /// ledger says was revoked.
    ///
    /// # Errors
    /// Anything that makes it unsafe to go on; the message says what to do.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let catalogue =
            Catalogue::parse(options.policy.modules.clone()).map_err(|error| OpenError::Policy(error.to_string()))?;
        let format =
            KeyFormat::new(&options.policy.key_prefix).map_err(|error| OpenError::Policy(error.to_string()))?;
        let format = format.with_last_shown(options.policy.last_chars_shown);
        make_folder(&options.data_dir)?;
        let store = open_store(&options).await?;
        let random = options.random;
        let pepper = pepper::load(&options.data_dir, options.pepper.as_ref(), &store, random.as_ref()).await?;
        let (ledger, revoked) = Ledger::open(&options.data_dir, options.durable)?;
        let mark = crate::maintenance::read_mark(&store).await?;
        let time = Time::new(options.clock, mark);
        let freshness = Freshness::new(store.generation().await?, time.machine());
        let this = Self(Arc::new(Parts {
            chain: Chain::new(&pepper),
            seal: Seal::new(&pepper),
            passwords: Passwords::new(hashes_at_once(), random.as_ref()),
            cache: Cache::new(CACHED_KEYS),
            shared: Shared::default(),
            known: Known::default(),
            rounds: Rounds::default(),
            orders: Orders::default(),
            uses: Uses::default(),
            old_uses: OldUses::default(),
            counters: Counters::default(),
            takings: Takings::start(store.clone()),
            throttle: Throttle::default(),
            setup_link: SetupLink::default(),
            policy: options.policy,
            store,
            catalogue,
            format,
            pepper,
            ledger,
            freshness,
            time,
            random,
        }));
        this.replay(revoked).await?;
        Ok(this)
    }

    /// Runs a change to its end even if whoever asked for it hangs up: a commit must be followed by its eviction.
    pub(crate) async fn finish<T: Send + 'static>(
        &self,
        change: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        tokio::spawn(change).await.unwrap_or(Err(Error::Internal))
    }

    /// What is allowed here.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// The modules and their actions.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// Now, in epoch milliseconds.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.0.time.now()
    }

    /// As [`Self::now`], for whoever has looked at the machine's clock already.
    pub(crate) fn now_by(&self, machine_time: Millis) -> Millis {
        self.0.time.now_by(machine_time)
    }

    /// What the machine's clock says, be it right or wrong.
    pub(crate) fn machine_time(&self) -> Millis {
        self.0.time.machine()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn format(&self) -> &KeyFormat {
        &self.0.format
    }

    pub(crate) fn pepper(&self) -> &Pepper {
        &self.0.pepper
    }

    pub(crate) fn chain(&self) -> &Chain {
        &self.0.chain
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.seal
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    pub(crate) fn cache(&self) -> &Cache<Entry> {
        &self.0.cache
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    pub(crate) fn known(&self) -> &Known {
        &self.0.known
    }

    pub(crate) fn rounds(&self) -> &Rounds {
        &self.0.rounds
    }

    pub(crate) fn orders(&self) -> &Orders {
        &self.0.orders
    }

    pub(crate) fn uses(&self) -> &Uses {
        &self.0.uses
    }

    pub(crate) fn old_uses(&self) -> &OldUses {
        &self.0.old_uses
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    pub(crate) fn takings(&self) -> &Takings {
        &self.0.takings
    }

    pub(crate) fn freshness(&self) -> &Freshness {
        &self.0.freshness
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    pub(crate) fn setup_link(&self) -> &SetupLink {
        &self.0.setup_link
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.0.random.as_ref()
    }
}

fn make_folder(path: &std::path::Path) -> Result<(), OpenError> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| OpenError::DataDir { path: path.display().to_string(), source })
}

async fn open_store(options: &Options) -> Result<Store, OpenError> {
    use secrecy::ExposeSecret;
    let url = match &options.database_url {
        Some(url) => url.expose_secret().to_owned(),
        None => format!("sqlite:{}", options.data_dir.join("keyhatch.db").display()),
    };
    let synchronous = if options.durable { Synchronous::Full } else { Synchronous::Off };
    Ok(Store::open(&url, store::StoreOptions { synchronous, ..store::StoreOptions::default() }).await?)
}

/// Half the cores: the other half goes on deciding calls.
fn hashes_at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1))
}
