//! The decision about one call. Nothing here writes to the database, and nothing waits unless a key is not cached, memory
//! is stale, or a quota lease is used up.

use crate::cached_key::{AuthenticatedKey, CachedKey};
use crate::credential::Proof;
use crate::gate::Gate;
use crate::quota::ChargeOutcome;
use domain::explain::LimitStatus;
use domain::key::PublicId;
use domain::limits::Limits;
use domain::time::Millis;
use domain::verdict::{CallRequest, VerdictCode, decide};
use std::time::Duration;
use store::StoreError;

/// How long a decision waits for the database before it is unavailable.
const DATABASE_TIMEOUT: Duration = Duration::from_secs(2);
/// How often a call is tried again because the key's limits changed while it was decided.
const MAX_ATTEMPTS: usize = 3;

/// The verdict on a call, with the key that made it if the verdict is [`VerdictCode::Valid`].
#[derive(Debug, Clone)]
pub struct Decision {
    /// Let in, or why not.
    pub code: VerdictCode,
    /// Present only with [`VerdictCode::Valid`].
    pub key: Option<AuthenticatedKey>,
    /// The key's limits after this call. Empty if it has none, or if the call was refused before limits were checked.
    pub limits: Vec<LimitStatus>,
    /// When a call that was refused by a limit may be retried; `None` if waiting does not help.
    pub retry_at: Option<Millis>,
    /// When the decision was made.
    pub now: Millis,
}

/// The database is needed for the decision and does not answer. The call must not be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the gate cannot decide right now")]
pub struct DecisionUnavailable;

impl Gate {
    /// Decides a call.
    ///
    /// # Errors
    /// [`DecisionUnavailable`] if the database is needed and does not answer within two seconds.
    pub async fn decide(&self, call: &CallRequest<'_>) -> Result<Decision, DecisionUnavailable> {
        let raw_now = self.clock.raw_now();
        let now = self.clock.observe(raw_now);
        let Some(parts) = self.credentials.parse_key(call.credential) else {
            return Ok(refused(VerdictCode::Malformed, now));
        };
        // Cold paths are boxed, because their state would otherwise enlarge the future of every call.
        if !self.freshness.is_trusted(raw_now) {
            Box::pin(with_timeout(self.catch_up())).await?;
        }
        for _ in 0..MAX_ATTEMPTS {
            let key = match self.keys.get(&parts.public_id) {
                Some(key) => Some(key),
                None => Box::pin(self.look_up(&parts.public_id)).await?,
            };
            let key = match self.check_rules(call, key, now) {
                Ok(key) => key,
                Err(code) => return Ok(refused(code, now)),
            };
            if let Some(decision) = self.charge(call, key, now).await? {
                return Ok(decision);
            }
            self.evict(&parts.public_id);
        }
        Err(DecisionUnavailable)
    }

    async fn look_up(&self, id: &PublicId) -> Result<Option<CachedKey>, DecisionUnavailable> {
        if !self.ids.may_contain(id) {
            // Another process may have created it a moment ago.
            with_timeout(self.freshness.flight.run(async || self.catch_up().await)).await?;
            if !self.ids.may_contain(id) {
                return Ok(None);
            }
        }
        with_timeout(self.fetches.run(*id, async || self.fetch(id).await)).await
    }

    fn check_rules(
        &self,
        call: &CallRequest<'_>,
        key: Option<CachedKey>,
        now: Millis,
    ) -> Result<CachedKey, VerdictCode> {
        let Some(key) = key else {
            self.credentials.compare_with_nothing(call.credential);
            return Err(VerdictCode::NotFound);
        };
        let code = match self.credentials.check(&key, call.credential, call.name, now) {
            // Not watched: see `watch_list`.
            Proof::None => return Err(VerdictCode::NotFound),
            Proof::OtherName => VerdictCode::NotFound,
            Proof::Complete => match decide(&key.rules(), call, now) {
                VerdictCode::Valid => return Ok(key),
                code => code,
            },
        };
        self.watch_verdict(&key, call, code, now);
        Err(code)
    }

    /// Records a verdict if a page waits for it. Must not wait.
    #[inline]
    fn watch_verdict(&self, key: &CachedKey, call: &CallRequest<'_>, code: VerdictCode, now: Millis) {
        if key.is_watched() {
            self.watches.record(key, call, code, now);
        }
    }

    /// Charges the call's cost to the key's limits. `None` if the limits have just been changed.
    async fn charge(
        &self,
        call: &CallRequest<'_>,
        key: CachedKey,
        now: Millis,
    ) -> Result<Option<Decision>, DecisionUnavailable> {
        let limits = match key.counter() {
            None => Vec::new(),
            Some(counter) => {
                match self.quota.charge(counter, call.cost, now).await.map_err(|_| DecisionUnavailable)? {
                    ChargeOutcome::Charged(limits) => limits,
                    ChargeOutcome::Refused { code, retry_at, limits } => {
                        self.watch_verdict(&key, call, code, now);
                        return Ok(Some(Decision { limits, retry_at, ..refused(code, now) }));
                    }
                    ChargeOutcome::NeedsLease(_) => return Err(DecisionUnavailable),
                    ChargeOutcome::Closed => return Ok(None),
                }
            }
        };
        self.watch_verdict(&key, call, VerdictCode::Valid, now);
        let key = AuthenticatedKey(key);
        key.0.last_use().record(call.address, now);
        if let Some(public_id) = key.0.retiring_id() {
            self.retired_uses.record(public_id, call.address, now);
        }
        Ok(Some(Decision { code: VerdictCode::Valid, key: Some(key), limits, retry_at: None, now }))
    }

    async fn fetch(&self, id: &PublicId) -> Result<Option<CachedKey>, StoreError> {
        let ticket = self.keys.ticket(id);
        let Some(row) = self.store.keys().find_for_auth(id.as_str()).await? else { return Ok(None) };
        if row.deleted_at.is_some() {
            return Ok(None);
        }
        let cached = Limits::from_stored(&row.limits).ok().and_then(|limits| {
            let counter = self.quota.counter(&row.key_id, limits);
            CachedKey::from_row(id, &row, &self.keys.interner, counter)
        });
        let Some(key) = cached else {
            tracing::error!(key = %row.key_id, "a key's row cannot be read; its calls are refused");
            return Ok(None);
        };
        self.keys.insert(key.clone(), ticket);
        self.watches.flag(&key);
        Ok(Some(key))
    }
}

fn refused(code: VerdictCode, now: Millis) -> Decision {
    Decision { code, key: None, limits: Vec::new(), retry_at: None, now }
}

async fn with_timeout<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, DecisionUnavailable> {
    match tokio::time::timeout(DATABASE_TIMEOUT, work).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the gate could not read the database");
            Err(DecisionUnavailable)
        }
        Err(_) => {
            tracing::warn!("the database did not answer the gate in time");
            Err(DecisionUnavailable)
        }
    }
}
