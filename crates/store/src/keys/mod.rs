//! Keys and their secrets: rows and statements. What is valid, and when a call is let in, does not belong here.

/// A statement that answers [`KeyRow`]s, of which only the end differs.
macro_rules! select_keys {
    ($($rest:expr),+) => {
        concat!(
            "SELECT k.id, k.account_id, k.name, k.environment, k.channel, k.enabled, k.whitelist, k.privileges, ",
            "k.limits, k.created_at, k.created_by, k.updated_at, k.updated_by, k.expires_at, k.deleted_at, ",
            "k.delete_reason, k.generation, s.public_id, s.last_chars, s.revoked_at, ",
            "u.at AS last_used_at, u.address AS last_used_from, o.public_id AS old_public_id, ",
            "CASE WHEN o.revoked_at < o.retires_at THEN o.revoked_at ELSE o.retires_at END AS old_retires_at, ",
            "(SELECT MAX(f.at) FROM secret_uses f WHERE f.public_id = o.public_id) AS old_used_at ",
            "FROM keys k JOIN key_secrets s ON s.key_id = k.id AND s.retires_at IS NULL ",
            "LEFT JOIN last_uses u ON u.key_id = k.id ",
            "LEFT JOIN key_secrets o ON o.public_id = (SELECT r.public_id FROM key_secrets r WHERE r.key_id = k.id ",
            "AND r.retires_at IS NOT NULL ORDER BY r.retires_at DESC, r.created_at DESC LIMIT 1) ",
            $($rest),+
        )
    };
}

mod list;
mod read;
mod secrets;
mod state;
mod write;

/// A key with the public parts of its current secret and of the one before. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    pub id: String,
    pub account_id: String,
    pub name: String,
    /// `live` or `sandbox`.
    pub environment: String,
    pub channel: Option<String>,
    pub enabled: bool,
    /// One canonical entry a line; empty = any address.
    pub whitelist: String,
    /// `*`, or privileges separated by spaces.
    pub privileges: String,
    /// `second=10 uses-month=50000`; empty = none.
    pub limits: String,
    pub created_at: i64,
    /// Who made it: a member's id, or what made it instead.
    pub created_by: String,
    pub updated_at: i64,
    /// Who changed it last, in the words of `created_by`.
    pub updated_by: String,
    pub expires_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub delete_reason: Option<String>,
    /// The generation of its last change.
    pub generation: i64,
    pub public_id: String,
    /// The end of the secret, which is shown.
    pub last_chars: String,
    /// When the revocation ledger ended the current secret.
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
    pub last_used_from: Option<String>,
    /// The secret before the current one.
    pub old_public_id: Option<String>,
    /// When that one stopped working, or will.
    pub old_retires_at: Option<i64>,
    /// When that one was used last since it was replaced.
    pub old_used_at: Option<i64>,
}

/// Which keys of an account to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyFilter<'a> {
    /// Text in the name or in the shown end of the secret, without regard to case.
    pub search: Option<&'a str>,
    /// `live` or `sandbox`.
    pub environment: Option<&'a str>,
    pub state: StateFilter,
}

/// In which state the keys of a list are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Not deleted.
    #[default]
    Kept,
    /// Not deleted and disabled.
    Disabled,
    /// Not deleted and expired at this time.
    ExpiredAt(i64),
    /// Deleted after this time.
    DeletedAfter(i64),
}

/// One secret of a key. Of those of one key, only one has no time at which it retires: the current one.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeySecretRow {
    pub public_id: String,
    pub key_id: String,
    pub hash: Vec<u8>,
    pub last_chars: String,
    pub created_at: i64,
    pub retires_at: Option<i64>,
}

// The keyed hash does not belong in a log.
impl std::fmt::Debug for KeySecretRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySecretRow")
            .field("public_id", &self.public_id)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

/// A key to insert: enabled, not deleted, last changed when it was made.
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
    pub fn of_new(key: &NewKey, secret: &KeySecretRow) -> Self {
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
            old_public_id: None,
            old_retires_at: None,
            old_used_at: None,
        }
    }
}

/// What an edit may change, and of which key.
#[derive(Clone, Copy, Debug)]
pub struct KeyChange<'a> {
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

/// Which key is touched, by whom and when.
#[derive(Clone, Copy, Debug)]
pub struct KeyTouch<'a> {
    pub account_id: &'a str,
    pub id: &'a str,
    pub updated_at: i64,
    pub updated_by: &'a str,
    pub generation: i64,
}

/// From where a replaced secret was used, and when last.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SecretUseRow {
    /// Empty if it was not known.
    pub address: String,
    pub at: i64,
}

/// All that deciding a call needs, in one row. Found for deleted keys too: the reader must look at `deleted_at`.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CallRow {
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
    /// When this secret, not the key, stops working: because it was replaced, or because the ledger ended it.
    pub retires_at: Option<i64>,
}

impl std::fmt::Debug for CallRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallRow")
            .field("public_id", &self.public_id)
            .field("key_id", &self.key_id)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

pub(crate) fn statements() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let parts = [list::STATEMENTS, read::STATEMENTS, secrets::STATEMENTS, state::STATEMENTS, write::STATEMENTS];
    parts.into_iter().flatten()
}
