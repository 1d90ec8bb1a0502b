//! What is kept in memory of a key: all that a decision needs, and as little as possible.

use crate::secrets::pepper::Pepper;
use bytes::Bytes;
use domain::key::Environment;
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::verdict::{Channel, Rules};
use domain::whitelist::Whitelist;
use store::CallRow;

/// Who calls. Each part is a slice of one buffer, so that handing it on copies nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    text: Bytes,
    id_end: u16,
    name_end: u16,
    account_end: u16,
    environment: Environment,
}

impl Identity {
    fn new(id: &str, name: &str, account: &str, environment: Environment, privileges: &str) -> Self {
        let text = [id, name, account, privileges].concat();
        let end = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        Self {
            id_end: end(id.len()),
            name_end: end(id.len() + name.len()),
            account_end: end(id.len() + name.len() + account.len()),
            environment,
            text: Bytes::from(text.into_bytes()),
        }
    }

    /// The key's id.
    #[must_use]
    pub fn id(&self) -> Bytes {
        self.text.slice(..usize::from(self.id_end))
    }

    /// The key's name, UTF-8.
    #[must_use]
    pub fn name(&self) -> Bytes {
        self.text.slice(usize::from(self.id_end)..usize::from(self.name_end))
    }

    /// The id of the account that owns the key.
    #[must_use]
    pub fn account(&self) -> Bytes {
        self.text.slice(usize::from(self.name_end)..usize::from(self.account_end))
    }

    /// `live` or `sandbox`.
    #[must_use]
    pub fn environment(&self) -> &'static str {
        self.environment.as_str()
    }

    /// `*`, or the privileges with spaces between them.
    #[must_use]
    pub fn privileges(&self) -> Bytes {
        self.text.slice(usize::from(self.account_end)..)
    }
}

/// One key's rules, its hash and its identity.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) identity: Identity,
    hash: [u8; 32],
    whitelist: Whitelist,
    privileges: Privileges,
    expires_at: Option<Millis>,
    retires_at: Option<Millis>,
    channel: Option<Channel>,
    enabled: bool,
}

impl Entry {
    /// Reads a row. `None` if the row holds what no version of Keyhatch writes: then nothing is let in.
    pub(crate) fn read(row: &CallRow) -> Option<Self> {
        let environment = Environment::parse(&row.environment)?;
        let channel = match &row.channel {
            Some(channel) => Some(Channel::parse(channel)?),
            None => None,
        };
        Some(Self {
            identity: Identity::new(&row.key_id, &row.name, &row.account_id, environment, &row.privileges),
            hash: row.hash.as_slice().try_into().ok()?,
            whitelist: Whitelist::from_stored(&row.whitelist).ok()?,
            privileges: Privileges::from_stored(&row.privileges).ok()?,
            expires_at: row.expires_at,
            retires_at: row.retires_at,
            channel,
            enabled: row.enabled,
        })
    }

    /// Whether `key` is this key's value, and `name`, where one is given, its name.
    pub(crate) fn is_proved_by(&self, key: &str, name: Option<&str>, pepper: &Pepper, now: Millis) -> bool {
        let same = pepper.matches(key, &self.hash);
        let named = name.is_none_or(|name| name.as_bytes() == self.identity.name());
        let retired = self.retires_at.is_some_and(|at| at <= now);
        same && named && !retired
    }

    /// The rules that a call must keep.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules {
            enabled: self.enabled,
            expires_at: self.expires_at,
            channel: self.channel,
            whitelist: &self.whitelist,
            privileges: &self.privileges,
        }
    }
}
