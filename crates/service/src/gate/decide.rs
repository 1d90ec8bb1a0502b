//! The use case of the gate: is this call let in? Nothing here writes, and nothing here waits unless it must.

use super::entry::{Entry, Identity};
use crate::keyhatch::Keyhatch;
use crate::limits::Taken;
use domain::explain::LimitStatus;
use domain::key::PublicId;
use domain::limits::Limits;
use domain::time::Millis;
use domain::verdict::{CallRequest, VerdictCode, decide};
use std::time::Duration;

/// A call is answered in this time or not at all.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a key is read whose limits change while its call is decided.
const READINGS: usize = 3;

/// The verdict, and who called where it is [`VerdictCode::Valid`].
#[derive(Debug, Clone)]
pub struct Decision {
    /// Let in, or why not.
    pub code: VerdictCode,
    /// Only with [`VerdictCode::Valid`].
    pub key: Option<Identity>,
    /// How the key's limits stand after this call; empty if it has none or the call was refused before they were asked.
    pub limits: Vec<LimitStatus>,
    /// When a call that a limit refused may be tried again; none if waiting does not help.
    pub retry_at: Option<Millis>,
    /// When this was decided.
    pub now: Millis,
}

/// The gate cannot know: the database does not answer. Nothing may be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the gate cannot decide right now")]
pub struct Unknowable;

impl Keyhatch {
    /// Decides a call.
    ///
    /// # Errors
    /// [`Unknowable`] if the database would have to be asked and does not answer.
    pub async fn decide(&self, request: &CallRequest<'_>) -> Result<Decision, Unknowable> {
        let machine_time = self.machine_time();
        let now = self.now_by(machine_time);
        let Some(parts) = self.format().parse(request.credential) else {
            return Ok(refused(VerdictCode::Malformed, now));
        };
        // What seldom happens is boxed: every call would carry its room around.
        if !self.freshness().is_trusted(machine_time) {
            Box::pin(within(self.catch_up())).await?;
        }
        // A key whose limits are changed at this very moment is read again.
        for _ in 0..READINGS {
            let entry = match self.cache().get(&parts.public_id) {
                Some(entry) => Some(entry),
                None => Box::pin(self.look_up(&parts.public_id)).await?,
            };
            let entry = match self.judge(request, entry, now) {
                Ok(entry) => entry,
                Err(code) => return Ok(refused(code, now)),
            };
            if let Some(decision) = self.count(request, entry, now).await? {
                return Ok(decision);
            }
            self.forget(&parts.public_id);
        }
        Err(Unknowable)
    }

    async fn look_up(&self, id: &PublicId) -> Result<Option<Entry>, Unknowable> {
        if !self.known().may_be(id) {
            // It may have been made just now by another process.
            within(self.rounds().after_now(async || self.catch_up().await)).await?;
            if !self.known().may_be(id) {
                return Ok(None);
            }
        }
        within(self.fetch(id)).await
    }

    fn judge(&self, request: &CallRequest<'_>, entry: Option<Entry>, now: Millis) -> Result<Entry, VerdictCode> {
        let Some(entry) = entry else {
            // As much work as for a known id, so that time does not tell which ids exist.
            let _ = self.pepper().matches(request.credential, &[0; 32]);
            return Err(VerdictCode::NotFound);
        };
        if !entry.is_proved_by(request.credential, request.name, self.pepper(), now) {
            return Err(VerdictCode::NotFound);
        }
        match decide(&entry.rules(), request, now) {
            VerdictCode::Valid => Ok(entry),
            code => Err(code),
        }
    }

    /// Takes the call's cost from the key's limits. `None` if they have just been changed.
    async fn count(
        &self,
        request: &CallRequest<'_>,
        entry: Entry,
        now: Millis,
    ) -> Result<Option<Decision>, Unknowable> {
        let limits = match entry.counter() {
            None => Vec::new(),
            Some(counter) => match self.takings().take(counter, request.cost, now).await.map_err(|_| Unknowable)? {
                Taken::LetIn(standings) => standings,
                Taken::Refused { code, retry_at, standings } => {
                    return Ok(Some(Decision { retry_at, limits: standings, ..refused(code, now) }));
                }
                Taken::Short(_) => return Err(Unknowable),
                Taken::Closed => return Ok(None),
            },
        };
        let key = Identity(entry);
        key.0.last_use().note(request.address, now);
        if let Some(public_id) = key.0.replaced() {
            self.old_uses().note(public_id, request.address, now);
        }
        Ok(Some(Decision { code: VerdictCode::Valid, key: Some(key), limits, retry_at: None, now }))
    }

    async fn fetch(&self, id: &PublicId) -> Result<Option<Entry>, store::StoreError> {
        let ticket = self.cache().ticket(id);
        let Some(row) = self.store().keys().find_for_auth(id.as_str()).await? else { return Ok(None) };
        if row.deleted_at.is_some() {
            return Ok(None);
        }
        let read = Limits::from_stored(&row.limits).ok().and_then(|limits| {
            let (counter, replaced) = self.counters().of(&row.key_id, limits);
            if let Some(closed) = replaced {
                self.takings().give_back(closed);
            }
            Entry::read(id, &row, self.shared(), counter)
        });
        let Some(entry) = read else {
            tracing::error!(key = %row.key_id, "a key's row cannot be read; its calls are refused");
            return Ok(None);
        };
        if let Some(gone) = self.cache().fill(entry.clone(), ticket) {
            self.uses().keep(&gone);
        }
        Ok(Some(entry))
    }

    /// Applies what other processes changed since this one last looked.
    pub(crate) async fn catch_up(&self) -> Result<(), store::StoreError> {
        const AT_MOST: i64 = 1_000;
        let began = self.machine_time();
        let known = self.freshness().generation();
        let current = self.store().generation().await?;
        if current > known {
            let changed = self.store().keys().list_changed_after(known, AT_MOST).await?;
            if changed.len() >= usize::try_from(AT_MOST).unwrap_or(usize::MAX) {
                self.forget_all();
            } else {
                for id in changed.iter().filter_map(|(id, _)| PublicId::parse(id)) {
                    self.known().add(&id);
                    self.forget(&id);
                }
            }
        }
        if current < known {
            // The database was replaced by an older copy: nothing in memory belongs to it.
            self.forget_all();
        }
        self.freshness().confirm(current, began);
        Ok(())
    }

    fn forget_all(&self) {
        self.known().forget();
        self.cache().clear(|gone| self.uses().keep(gone));
    }

    /// As [`Self::forget`], for the secrets of a key that was changed.
    pub(crate) fn forget_secrets(&self, public_ids: &[String]) {
        public_ids.iter().filter_map(|id| PublicId::parse(id)).for_each(|id| self.forget(&id));
    }

    /// No call is decided by what was known of this key. After a commit, before the reply.
    pub(crate) fn forget(&self, id: &PublicId) {
        if let Some(gone) = self.cache().evict(id) {
            self.uses().keep(&gone);
        }
    }
}

fn refused(code: VerdictCode, now: Millis) -> Decision {
    Decision { code, key: None, limits: Vec::new(), retry_at: None, now }
}

async fn within<T>(work: impl Future<Output = Result<T, store::StoreError>>) -> Result<T, Unknowable> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the gate could not read the database");
            Err(Unknowable)
        }
        Err(_) => {
            tracing::warn!("the database did not answer the gate in time");
            Err(Unknowable)
        }
    }
}
