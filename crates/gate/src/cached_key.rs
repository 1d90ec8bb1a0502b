//! What the cache holds of one secret: everything that a decision needs, and as little as possible.

use crate::cache::Keyed;
use crate::interner::Interner;
use crate::last_use_cell::LastUseCell;
use crate::quota::QuotaCounter;
use domain::key::{Environment, PublicId};
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, KeyRules};
use domain::whitelist::{CompiledWhitelist, Whitelist};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::AuthRow;
use triomphe::ThinArc;

/// No end. An `Option` of a time would take twice the space.
const NEVER: Millis = Millis::MAX;

/// One secret with its key's rules, hash and identity in a single allocation: a call for a key outside the processor's
/// caches waits for each allocation in turn. Not `Debug`, because of the hash. Cloning counts a reference.
#[derive(Clone)]
pub(crate) struct CachedKey(ThinArc<Header, u8>);

/// The fields of fixed size. They are followed by id, name, account and the compiled whitelist.
struct Header {
    public_id: PublicId,
    hash: [u8; 32],
    expires_at: Millis,
    retires_at: Millis,
    privileges: Arc<Privileges>,
    counter: Option<Arc<QuotaCounter>>,
    last_use: LastUseCell,
    id_end: u16,
    name_end: u16,
    account_end: u16,
    environment: Environment,
    channel: Option<Channel>,
    enabled: bool,
    /// A flag for `watch_list`, in space that alignment would waste.
    is_watched: AtomicBool,
}

/// No larger for the watch flag: a million keys are held.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Header>() == 128);

/// The key that made a call which was let in. Cloning counts a reference.
#[derive(Clone)]
pub struct AuthenticatedKey(pub(crate) CachedKey);

impl std::fmt::Debug for AuthenticatedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The id alone: the cached key holds the hash.
        f.debug_tuple("AuthenticatedKey").field(&self.id()).finish()
    }
}

impl AuthenticatedKey {
    /// The key's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.id()
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The id of the account that owns the key.
    #[must_use]
    pub fn account(&self) -> &str {
        self.0.text(self.0.header().name_end, self.0.header().account_end)
    }

    /// `live` or `sandbox`.
    #[must_use]
    pub fn environment(&self) -> &'static str {
        self.0.header().environment.as_str()
    }

    /// The key's privileges, shared with other keys that have the same.
    #[must_use]
    pub fn shared_privileges(&self) -> Arc<Privileges> {
        Arc::clone(&self.0.header().privileges)
    }

    /// `*`, or the privileges separated by spaces.
    #[must_use]
    pub fn privileges(&self) -> &str {
        self.0.header().privileges.as_str()
    }
}

impl Keyed for CachedKey {
    type Key = PublicId;

    fn key(&self) -> &PublicId {
        self.public_id()
    }
}

impl CachedKey {
    /// Reads a row; `counter` counts the key's limits. `None` if the row holds what no version of Keyhatch writes, in
    /// which case the key must not be let in.
    pub(crate) fn from_row(
        public_id: &PublicId,
        row: &AuthRow,
        interner: &Interner,
        counter: Option<Arc<QuotaCounter>>,
    ) -> Option<Self> {
        let channel = match &row.channel {
            Some(channel) => Some(Channel::parse(channel)?),
            None => None,
        };
        let whitelist = Whitelist::from_stored(&row.whitelist).ok()?.compile();
        let parts = [row.key_id.as_bytes(), row.name.as_bytes(), row.account_id.as_bytes(), &whitelist];
        let end = |count: usize| u16::try_from(parts[..count].iter().map(|part| part.len()).sum::<usize>()).ok();
        let header = Header {
            public_id: *public_id,
            hash: row.hash.as_slice().try_into().ok()?,
            expires_at: row.expires_at.unwrap_or(NEVER),
            retires_at: row.retires_at.unwrap_or(NEVER),
            privileges: interner.privileges(&row.privileges)?,
            counter,
            last_use: LastUseCell::default(),
            id_end: end(1)?,
            name_end: end(2)?,
            account_end: end(3)?,
            environment: Environment::parse(&row.environment)?,
            channel,
            enabled: row.enabled,
            is_watched: AtomicBool::new(false),
        };
        Some(Self(ThinArc::from_header_and_slice(header, &parts.concat())))
    }

    fn header(&self) -> &Header {
        &self.0.header.header
    }

    fn text(&self, from: u16, to: u16) -> &str {
        // Split where `from_row` joined whole strings.
        std::str::from_utf8(&self.0.slice[usize::from(from)..usize::from(to)]).unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text(0, self.header().id_end)
    }

    pub(crate) fn name(&self) -> &str {
        self.text(self.header().id_end, self.header().name_end)
    }

    pub(crate) fn public_id(&self) -> &PublicId {
        &self.header().public_id
    }

    /// Whether calls with the secret are recorded. Relaxed: the flag guards no other data, and a call that misses it by
    /// a moment is merely not recorded.
    #[inline]
    pub(crate) fn is_watched(&self) -> bool {
        self.header().is_watched.load(Ordering::Relaxed)
    }

    pub(crate) fn set_watched(&self, watched: bool) {
        self.header().is_watched.store(watched, Ordering::Relaxed);
    }

    /// The stored hash of the secret.
    pub(crate) fn hash(&self) -> &[u8; 32] {
        &self.header().hash
    }

    /// The counter of the key's calls, if the key has limits.
    pub(crate) fn counter(&self) -> Option<&Arc<QuotaCounter>> {
        self.header().counter.as_ref()
    }

    /// When and from where the secret was last used.
    pub(crate) fn last_use(&self) -> &LastUseCell {
        &self.header().last_use
    }

    /// Whether the secret was replaced and has stopped working.
    pub(crate) fn is_retired(&self, now: Millis) -> bool {
        self.header().retires_at <= now
    }

    /// The public id if the secret was replaced, whether or not it still works.
    pub(crate) fn retiring_id(&self) -> Option<&PublicId> {
        (self.header().retires_at != NEVER).then_some(&self.header().public_id)
    }

    /// The rules that a call must satisfy.
    pub(crate) fn rules(&self) -> KeyRules<'_> {
        let header = self.header();
        KeyRules {
            enabled: header.enabled,
            expires_at: (header.expires_at != NEVER).then_some(header.expires_at),
            channel: header.channel,
            whitelist: CompiledWhitelist::new(&self.0.slice[usize::from(header.account_end)..]),
            privileges: &header.privileges,
        }
    }
}
