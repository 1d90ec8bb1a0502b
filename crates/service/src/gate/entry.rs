//! What is kept in memory of a key: all that a decision needs, and as little as possible.

use super::cache::Keyed;
use super::shared::Shared;
use super::uses::Noted;
use crate::limits::Counter;
use crate::secrets::pepper::Pepper;
use domain::key::{Environment, PublicId};
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, KeyRules};
use domain::whitelist::{CompiledWhitelist, Whitelist};
use std::sync::Arc;
use store::AuthRow;
use triomphe::ThinArc;

/// An end that never comes. An `Option` of a time would take twice the room.
const NEVER: Millis = Millis::MAX;

/// One key's rules, its hash and who it is: one piece of memory, because a call for a key that is not in the
/// processor's caches waits for each piece in turn. Without `Debug`, because of the hash. Cloning copies nothing.
#[derive(Clone)]
pub(crate) struct Entry(ThinArc<Facts, u8>);

/// What has the same size in every key. Behind it follow id, name, account and the compiled whitelist.
struct Facts {
    public_id: PublicId,
    hash: [u8; 32],
    expires_at: Millis,
    retires_at: Millis,
    privileges: Arc<Privileges>,
    counter: Option<Arc<Counter>>,
    last_use: Noted,
    id_end: u16,
    name_end: u16,
    account_end: u16,
    environment: Environment,
    channel: Option<Channel>,
    enabled: bool,
}

/// Who calls. Handing it on copies nothing.
#[derive(Clone)]
pub struct Identity(pub(super) Entry);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Nothing more of the entry: it holds the key's hash.
        f.debug_tuple("Identity").field(&self.id()).finish()
    }
}

impl Identity {
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
        self.0.text(self.0.facts().name_end, self.0.facts().account_end)
    }

    /// `live` or `sandbox`.
    #[must_use]
    pub fn environment(&self) -> &'static str {
        self.0.facts().environment.as_str()
    }

    /// What the key may do.
    pub(crate) fn shared_privileges(&self) -> Arc<Privileges> {
        Arc::clone(&self.0.facts().privileges)
    }

    /// `*`, or the privileges with spaces between them.
    #[must_use]
    pub fn privileges(&self) -> &str {
        self.0.facts().privileges.as_str()
    }
}

impl Keyed for Entry {
    type Key = PublicId;

    fn key(&self) -> &PublicId {
        &self.facts().public_id
    }
}

impl Entry {
    /// Reads a row, whose limits `counter` counts. `None` if the row holds what no version of Keyhatch writes: then
    /// nothing is let in.
    pub(crate) fn read(
        public_id: &PublicId,
        row: &AuthRow,
        shared: &Shared,
        counter: Option<Arc<Counter>>,
    ) -> Option<Self> {
        let channel = match &row.channel {
            Some(channel) => Some(Channel::parse(channel)?),
            None => None,
        };
        let whitelist = Whitelist::from_stored(&row.whitelist).ok()?.compile();
        let parts = [row.key_id.as_bytes(), row.name.as_bytes(), row.account_id.as_bytes(), &whitelist];
        let end = |count: usize| u16::try_from(parts[..count].iter().map(|part| part.len()).sum::<usize>()).ok();
        let facts = Facts {
            public_id: *public_id,
            hash: row.hash.as_slice().try_into().ok()?,
            expires_at: row.expires_at.unwrap_or(NEVER),
            retires_at: row.retires_at.unwrap_or(NEVER),
            privileges: shared.privileges(&row.privileges)?,
            counter,
            last_use: Noted::default(),
            id_end: end(1)?,
            name_end: end(2)?,
            account_end: end(3)?,
            environment: Environment::parse(&row.environment)?,
            channel,
            enabled: row.enabled,
        };
        Some(Self(ThinArc::from_header_and_slice(facts, &parts.concat())))
    }

    fn facts(&self) -> &Facts {
        &self.0.header.header
    }

    fn text(&self, from: u16, to: u16) -> &str {
        // Cut where `read` joined whole texts.
        std::str::from_utf8(&self.0.slice[usize::from(from)..usize::from(to)]).unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text(0, self.facts().id_end)
    }

    fn name(&self) -> &str {
        self.text(self.facts().id_end, self.facts().name_end)
    }

    /// What counts its calls, if the key has limits.
    pub(crate) fn counter(&self) -> Option<&Arc<Counter>> {
        self.facts().counter.as_ref()
    }

    /// When and from where it was used last.
    pub(crate) fn last_use(&self) -> &Noted {
        &self.facts().last_use
    }

    /// Its public id if it is a secret that was replaced and works on for a while.
    pub(crate) fn replaced(&self) -> Option<&PublicId> {
        (self.facts().retires_at != NEVER).then_some(&self.facts().public_id)
    }

    /// Whether `key` is this key's value, and `name`, where one is given, its name.
    pub(crate) fn is_proved_by(&self, key: &str, name: Option<&str>, pepper: &Pepper, now: Millis) -> bool {
        let same = pepper.matches(key, &self.facts().hash);
        let named = name.is_none_or(|name| name == self.name());
        same && named && self.facts().retires_at > now
    }

    /// The rules that a call must keep.
    pub(crate) fn rules(&self) -> KeyRules<'_> {
        let facts = self.facts();
        KeyRules {
            enabled: facts.enabled,
            expires_at: (facts.expires_at != NEVER).then_some(facts.expires_at),
            channel: facts.channel,
            whitelist: CompiledWhitelist::new(&self.0.slice[usize::from(facts.account_end)..]),
            privileges: &facts.privileges,
        }
    }
}
