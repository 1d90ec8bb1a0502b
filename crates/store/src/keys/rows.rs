//! The rows, filters and orders of keys.

use crate::key_secrets::KeySecretRow;
use crate::search::fold;

/// A key with the public parts of its current and its previous secret. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    pub id: String,
    pub account_id: String,
    pub name: String,
    /// `live` or `sandbox`.
    pub environment: String,
    pub channel: Option<String>,
    pub enabled: bool,
    /// One canonical entry per line; empty allows any address.
    pub whitelist: String,
    /// `*`, or privileges separated by spaces.
    pub privileges: String,
    /// For example `second=10 uses-month=50000`; empty if unlimited.
    pub limits: String,
    pub created_at: i64,
    /// Name of the actor: a member's id, or the name of another kind of actor.
    pub created_by: String,
    pub updated_at: i64,
    /// Name of the actor of the last change, as in `created_by`.
    pub updated_by: String,
    pub expires_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub delete_reason: Option<String>,
    /// The generation of its last change.
    pub generation: i64,
    pub public_id: String,
    /// The end of the current secret, which is displayed.
    pub last_chars: String,
    /// When the current secret was revoked by the ledger; only in a database restored from a backup.
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
    pub last_used_from: Option<String>,
    /// The retired secret that stops working last.
    pub previous_public_id: Option<String>,
    /// When the previous secret stopped working, or will.
    pub previous_retires_at: Option<i64>,
    /// When the previous secret was last used since it was retired.
    pub previous_used_at: Option<i64>,
}

/// Which keys of an account to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyFilter<'a> {
    /// Text in the name or in the last characters of the secret, ignoring case.
    pub search: Option<&'a str>,
    /// `live` or `sandbox`.
    pub environment: Option<&'a str>,
    pub state: KeyStateFilter,
}

/// The state of the keys to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyStateFilter {
    /// Not deleted.
    #[default]
    NotDeleted,
    /// Not deleted, and disabled.
    Disabled,
    /// Not deleted, and expired at this time.
    ExpiredAt(i64),
    /// Deleted after this time.
    DeletedAfter(i64),
}

/// By which value keys are listed. Equal values are ordered by id, in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrderBy {
    Created,
    /// By the code points of the folded name.
    Name,
    /// By the last use. Keys that were never used come last in both directions, the newest first.
    Used,
    /// By the expiry. Keys without one come last in both directions, the newest first.
    Expires,
}

/// In which order keys are listed, and from where on.
#[derive(Clone, Copy, Debug)]
pub struct KeyOrder<'a> {
    pub by: KeyOrderBy,
    pub is_descending: bool,
    /// Position and id of the last key of the page before. A position in another order is ignored.
    pub after: Option<(&'a KeyOrderPosition, &'a str)>,
}

/// The first page, newest first.
impl Default for KeyOrder<'_> {
    fn default() -> Self {
        Self { by: KeyOrderBy::Created, is_descending: true, after: None }
    }
}

/// Where a key stands in an ordered list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOrderPosition {
    /// At the time by which the list is ordered.
    At(i64),
    /// At its folded name.
    Named(String),
    /// Among those at the end, which have no time to order by.
    WithoutTime { created_at: i64 },
}

/// A key to insert: enabled, not deleted, last changed when it was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    pub id: String,
    pub account_id: String,
    pub name: String,
    pub environment: String,
    pub channel: Option<String>,
    pub whitelist: String,
    pub privileges: String,
    pub limits: String,
    pub created_at: i64,
    pub created_by: String,
    pub expires_at: Option<i64>,
    pub generation: i64,
}

impl KeyRow {
    /// The row of a key that was just inserted, without reading it back.
    #[must_use]
    pub fn from_new(key: &NewKey, secret: &KeySecretRow) -> Self {
        let key = key.clone();
        Self {
            id: key.id,
            account_id: key.account_id,
            name: key.name,
            environment: key.environment,
            channel: key.channel,
            enabled: true,
            whitelist: key.whitelist,
            privileges: key.privileges,
            limits: key.limits,
            created_at: key.created_at,
            created_by: key.created_by.clone(),
            updated_at: key.created_at,
            updated_by: key.created_by,
            expires_at: key.expires_at,
            deleted_at: None,
            delete_reason: None,
            generation: key.generation,
            public_id: secret.public_id.clone(),
            last_chars: secret.last_chars.clone(),
            revoked_at: None,
            last_used_at: None,
            last_used_from: None,
            previous_public_id: None,
            previous_retires_at: None,
            previous_used_at: None,
        }
    }

    /// Where the key stands in a list in this order.
    #[must_use]
    pub fn position(&self, by: KeyOrderBy) -> KeyOrderPosition {
        let time = match by {
            KeyOrderBy::Name => return KeyOrderPosition::Named(fold(&self.name)),
            KeyOrderBy::Created => Some(self.created_at),
            KeyOrderBy::Used => self.last_used_at,
            KeyOrderBy::Expires => self.expires_at,
        };
        time.map_or(KeyOrderPosition::WithoutTime { created_at: self.created_at }, KeyOrderPosition::At)
    }
}

/// The new values of an edited key.
#[derive(Clone, Copy, Debug)]
pub struct KeyUpdate<'a> {
    pub account_id: &'a str,
    pub id: &'a str,
    pub name: &'a str,
    pub whitelist: &'a str,
    pub privileges: &'a str,
    pub limits: &'a str,
    pub expires_at: Option<i64>,
    pub updated_at: i64,
    pub updated_by: &'a str,
    pub generation: i64,
}

/// Identifies a key to change, with actor, time and generation of the change.
#[derive(Clone, Copy, Debug)]
pub struct KeyStamp<'a> {
    pub account_id: &'a str,
    pub id: &'a str,
    pub updated_at: i64,
    pub updated_by: &'a str,
    pub generation: i64,
}

/// All that the decision about a call needs, in one row. Deleted keys are found as well: check `deleted_at`.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuthRow {
    pub public_id: String,
    pub key_id: String,
    pub account_id: String,
    pub name: String,
    pub environment: String,
    pub channel: Option<String>,
    pub enabled: bool,
    pub whitelist: String,
    pub privileges: String,
    pub limits: String,
    pub expires_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub generation: i64,
    /// Keyed hash of the whole secret.
    pub hash: Vec<u8>,
    /// When this secret, not the key, stops working, because it was retired or revoked.
    pub retires_at: Option<i64>,
}

// The keyed hash does not belong in a log.
impl std::fmt::Debug for AuthRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuthRow")
            .field("public_id", &self.public_id)
            .field("key_id", &self.key_id)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}
