//! The use case of the gate: is this call let in? Nothing here writes, and nothing here waits unless it must.

use super::entry::{Entry, Identity};
use crate::keyhatch::Keyhatch;
use domain::key::PublicId;
use domain::time::Millis;
use domain::verdict::{Call, Channel, Code, decide};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A call is answered in this time or not at all.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a gateway or server asks.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The whole key, as it was sent.
    pub credential: &'a str,
    /// The user of a name-and-password credential; must be the key's name.
    pub name: Option<&'a str>,
    /// Where the call comes from; `None` if that is not known.
    pub address: Option<IpAddr>,
    /// The privilege that the call needs.
    pub privilege: Option<&'a str>,
    /// The channel that the call comes through.
    pub channel: Option<Channel>,
}

/// The verdict, and who called where it is [`Code::Valid`].
#[derive(Debug, Clone)]
pub struct Decision {
    /// Let in, or why not.
    pub code: Code,
    /// Only with [`Code::Valid`].
    pub key: Option<Identity>,
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
    pub async fn decide(&self, asked: &Asked<'_>) -> Result<Decision, Unknowable> {
        let now = self.now();
        let Some(parts) = self.format().parse(asked.credential) else {
            return Ok(refused(Code::Malformed));
        };
        if !self.freshness().is_trusted(self.machine_time()) {
            within(self.catch_up()).await?;
        }
        let entry = match self.cache().get(&parts.public_id) {
            Some(entry) => Some(entry),
            None => within(self.fetch(&parts.public_id)).await?,
        };
        Ok(self.judge(asked, entry, now))
    }

    fn judge(&self, asked: &Asked<'_>, entry: Option<Arc<Entry>>, now: Millis) -> Decision {
        let Some(entry) = entry else {
            // As much work as for a known id, so that time does not tell which ids exist.
            let _ = self.pepper().matches(asked.credential, &[0; 32]);
            return refused(Code::NotFound);
        };
        if !entry.is_proved_by(asked.credential, asked.name, self.pepper(), now) {
            return refused(Code::NotFound);
        }
        let call = Call { address: asked.address, privilege: asked.privilege, channel: asked.channel, now };
        match decide(&entry.rules(), &call) {
            Code::Valid => Decision { code: Code::Valid, key: Some(Identity(entry)) },
            code => refused(code),
        }
    }

    async fn fetch(&self, id: &PublicId) -> Result<Option<Arc<Entry>>, store::StoreError> {
        let ticket = self.cache().ticket(id);
        let Some(row) = self.store().find_key_for_call(id.as_str()).await? else { return Ok(None) };
        if row.deleted_at.is_some() {
            return Ok(None);
        }
        let Some(entry) = Entry::read(&row, self.shared()) else {
            tracing::error!(key = %row.key_id, "a key's row cannot be read; its calls are refused");
            return Ok(None);
        };
        let entry = Arc::new(entry);
        self.cache().fill(id, Arc::clone(&entry), ticket);
        Ok(Some(entry))
    }

    /// Applies what other processes changed since this one last looked.
    pub(crate) async fn catch_up(&self) -> Result<(), store::StoreError> {
        const AT_MOST: i64 = 1_000;
        let began = self.machine_time();
        let known = self.freshness().generation();
        let current = self.store().generation().await?;
        if current > known {
            let changed = self.store().list_keys_changed_after(known, AT_MOST).await?;
            if changed.len() >= usize::try_from(AT_MOST).unwrap_or(usize::MAX) {
                self.cache().clear();
            } else {
                changed.iter().filter_map(|(id, _)| PublicId::parse(id)).for_each(|id| self.cache().evict(&id));
            }
        }
        if current < known {
            // The database was replaced by an older copy: nothing in memory belongs to it.
            self.cache().clear();
        }
        self.freshness().confirm(current, began);
        Ok(())
    }
}

fn refused(code: Code) -> Decision {
    Decision { code, key: None }
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
