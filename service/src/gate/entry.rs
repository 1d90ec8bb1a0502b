//! What is kept in memory of a key: all that a decision needs, and as little as possible.

use super::shared::Shared;
use crate::secrets::pepper::Pepper;
use domain::key::Environment;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, Rules};
use domain::whitelist::Whitelist;
use std::sync::Arc;
use store::CallRow;

/// An end that never comes. An `Option` of a time would take twice the room.
const NEVER: Millis = Millis::MAX;

/// Who calls. Handing it on copies nothing.
#[derive(Clone)]
pub struct Identity(pub(super) Arc<Entry>);

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
        &self.0.text[..usize::from(self.0.id_end)]
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The id of the account that owns the key.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.0.text[usize::from(self.0.name_end)..]
    }

    /// `live` or `sandbox`.
    #[must_use]
    pub fn environment(&self) -> &'static str {
        self.0.environment.as_str()
    }

    /// `*`, or the privileges with spaces between them.
    #[must_use]
    pub fn privileges(&self) -> &str {
        self.0.privileges.as_str()
    }
}

/// One key's rules, its hash and who it is. Without `Debug`, because of the hash.
pub(crate) struct Entry {
    /// Id, name and account, one after the other: one allocation instead of three.
    text: Box<str>,
    id_end: u16,
    name_end: u16,
    environment: Environment,
    channel: Option<Channel>,
    enabled: bool,
    hash: [u8; 32],
    whitelist: Whitelist,
    privileges: Arc<Privileges>,
    expires_at: Millis,
    retires_at: Millis,
}

impl Entry {
    /// Reads a row. `None` if the row holds what no version of Keyhatch writes: then nothing is let in.
    pub(crate) fn read(row: &CallRow, shared: &Shared) -> Option<Self> {
        let channel = match &row.channel {
            Some(channel) => Some(Channel::parse(channel)?),
            None => None,
        };
        Some(Self {
            text: [row.key_id.as_str(), &row.name, &row.account_id].concat().into_boxed_str(),
            id_end: u16::try_from(row.key_id.len()).ok()?,
            name_end: u16::try_from(row.key_id.len() + row.name.len()).ok()?,
            environment: Environment::parse(&row.environment)?,
            channel,
            enabled: row.enabled,
            hash: row.hash.as_slice().try_into().ok()?,
            whitelist: Whitelist::from_stored(&row.whitelist).ok()?,
            privileges: shared.privileges(&row.privileges)?,
            expires_at: row.expires_at.unwrap_or(NEVER),
            retires_at: row.retires_at.unwrap_or(NEVER),
        })
    }

    fn name(&self) -> &str {
        &self.text[usize::from(self.id_end)..usize::from(self.name_end)]
    }

    /// Whether `key` is this key's value, and `name`, where one is given, its name.
    pub(crate) fn is_proved_by(&self, key: &str, name: Option<&str>, pepper: &Pepper, now: Millis) -> bool {
        let same = pepper.matches(key, &self.hash);
        let named = name.is_none_or(|name| name == self.name());
        same && named && self.retires_at > now
    }

    /// The rules that a call must keep.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules {
            enabled: self.enabled,
            expires_at: (self.expires_at != NEVER).then_some(self.expires_at),
            channel: self.channel,
            whitelist: &self.whitelist,
            privileges: &self.privileges,
        }
    }
}
