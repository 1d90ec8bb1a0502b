//! Keys and their secrets: rows and statements. What is valid, and when a call is let in, does not belong here.

/// A statement that answers [`KeyRow`]s, of which only the end differs.
macro_rules! select_keys {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.account_id, k.name, k.environment, k.channel, k.enabled, k.whitelist, k.privileges, ",
            "k.limits, k.created_at, k.created_by, k.updated_at, k.expires_at, k.deleted_at, k.generation, ",
            "s.public_id, s.last_chars, u.at AS last_used_at, u.address AS last_used_from ",
            "FROM keys k JOIN key_secrets s ON s.key_id = k.id AND s.retires_at IS NULL ",
            "LEFT JOIN last_uses u ON u.key_id = k.id ",
            $rest
        )
    };
}

mod list;
mod read;
mod write;

/// A key with the public part of its current secret. Times are epoch milliseconds.
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
    pub expires_at: Option<i64>,
    pub deleted_at: Option<i64>,
    /// The generation of its last change.
    pub generation: i64,
    pub public_id: String,
    /// The end of the secret, which is shown.
    pub last_chars: String,
    pub last_used_at: Option<i64>,
    pub last_used_from: Option<String>,
}

/// Which keys of an account to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyFilter<'a> {
    /// Text in the name or in the shown end of the secret, without regard to case.
    pub search: Option<&'a str>,
    /// `live` or `sandbox`.
    pub environment: Option<&'a str>,
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
    pub generation: i64,
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
    /// When this secret, not the key, stops working.
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
    [list::STATEMENTS, read::STATEMENTS, write::STATEMENTS].into_iter().flatten()
}
