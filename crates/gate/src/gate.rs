//! The gate's parts, and what other code may ask of it besides decisions.

use crate::cached_key::CachedKey;
use crate::credential::CredentialReader;
use crate::freshness::Freshness;
use crate::id_filter::IdFilter;
use crate::key_table::KeyTable;
use crate::quota::Quota;
use crate::retired_secret_uses::RetiredSecretUses;
use crate::single_flight::SingleFlightGroup;
use crate::watch_list::{WatchList, WatchedCall};
use clock::MonotonicClock;
use domain::explain::LimitStatus;
use domain::key::{KeyFormat, PublicId};
use domain::limits::Limits;
use domain::time::Millis;
use domain::views::LastUse;
use secrets::Pepper;
use std::sync::Arc;
use store::{Store, StoreError};

/// What a gate is made of.
pub struct GateOptions {
    /// The database.
    pub store: Store,
    /// The format of this installation's keys.
    pub key_format: KeyFormat,
    /// The prefix of every credential of this installation.
    pub key_prefix: String,
    /// Keys the stored hashes.
    pub pepper: Arc<Pepper>,
    /// The time.
    pub clock: Arc<MonotonicClock>,
}

/// Decides calls from memory. One per process; shared by reference counting.
pub struct Gate {
    pub(crate) store: Store,
    pub(crate) clock: Arc<MonotonicClock>,
    pub(crate) credentials: CredentialReader,
    pub(crate) keys: KeyTable,
    /// Shares one read of a key's row among all calls that wait for it.
    pub(crate) fetches: SingleFlightGroup<PublicId, Option<CachedKey>>,
    pub(crate) ids: IdFilter,
    pub(crate) freshness: Freshness,
    pub(crate) quota: Quota,
    pub(crate) retired_uses: RetiredSecretUses,
    pub(crate) watches: WatchList,
}

impl Gate {
    /// A gate with an empty cache. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn open(options: GateOptions) -> Result<Self, StoreError> {
        let GateOptions { store, key_format, key_prefix, pepper, clock } = options;
        Ok(Self {
            freshness: Freshness::new(store.generation().await?, clock.raw_now()),
            quota: Quota::start(store.clone()),
            credentials: CredentialReader::new(key_format, key_prefix, pepper),
            keys: KeyTable::default(),
            fetches: SingleFlightGroup::default(),
            ids: IdFilter::default(),
            retired_uses: RetiredSecretUses::default(),
            watches: WatchList::default(),
            store,
            clock,
        })
    }

    /// Announces the public id of a new secret; to be called after the commit that created it.
    pub fn add_id(&self, id: &PublicId) {
        self.ids.add(id);
    }

    /// Evicts a secret from the cache, so that no later call is decided by its old rules. To be called after the commit
    /// and before the reply.
    pub fn evict(&self, id: &PublicId) {
        self.keys.evict(id);
    }

    /// As [`Self::evict`], for the stored public ids of several secrets.
    pub fn evict_all(&self, public_ids: &[String]) {
        public_ids.iter().filter_map(|id| PublicId::parse(id)).for_each(|id| self.evict(&id));
    }

    /// The last use of a key's secret that is not written to the database yet.
    pub fn unwritten_use(&self, public_id: &str, key_id: &str) -> Option<LastUse> {
        self.keys.unwritten_use(public_id, key_id)
    }

    /// When a retired secret was last used, if that is not written to the database yet.
    pub fn unwritten_retired_use(&self, public_id: &str) -> Option<Millis> {
        self.retired_uses.unwritten(public_id)
    }

    /// The addresses that used a retired secret, the latest use first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn list_retired_uses(&self, public_id: &str) -> Result<Vec<LastUse>, StoreError> {
        self.retired_uses.list(&self.store, public_id).await
    }

    /// Keeps the verdicts on calls with this secret for 15 minutes, until one is allowed. Forgets what was seen of it
    /// before. Bounded by account and in total, so an older watch may end for it. Calls that other processes decide are
    /// not seen.
    pub fn watch(&self, public_id: &str, account_id: &str) {
        if let Some(id) = PublicId::parse(public_id) {
            self.watches.watch(&id, account_id, self.clock.now(), || self.keys.get(&id));
        }
    }

    /// The last call with a watched secret, or the first that was allowed. `None` if there was none yet, or if the
    /// secret is not watched any more.
    pub fn watched_call(&self, public_id: &str) -> Option<WatchedCall> {
        self.watches.seen(&PublicId::parse(public_id)?, self.clock.now())
    }

    /// The state of a key's limits at `now`: what all nodes have leased, less what this node has not used yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn limit_status(
        &self,
        key_id: &str,
        limits: &Limits,
        now: Millis,
    ) -> Result<Vec<LimitStatus>, StoreError> {
        self.quota.status(&self.store, key_id, limits, now).await
    }
}
