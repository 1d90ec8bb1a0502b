//! Keys and accounts as members see them: one item, a page of items, and the cursor of the next page.
//!
//! Nothing here holds a secret, so all of it may be sent to a browser.

use crate::key::Environment;
pub use crate::key_sort::{KeyCursor, KeyPosition, KeySort, KeySortBy, MalformedKeyCursor};
use crate::time::Millis;
use crate::words::impl_words;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A key, as its account's members see it. Its JSON omits absent fields, because a page holds many keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    /// The key's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Prefix and last characters, such as `kh_live_…9xQ2f`.
    pub masked: String,
    /// Live or sandbox.
    pub environment: Environment,
    /// Canonical whitelist entries, one a line; empty allows any address.
    pub whitelist: String,
    /// `*`, or privileges separated by spaces.
    pub privileges: String,
    /// As [`Limits`](crate::limits::Limits) are stored; empty for none.
    pub limits: String,
    /// The time from which it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Millis>,
    /// False if it was disabled.
    pub enabled: bool,
    /// When it was created.
    pub created_at: Millis,
    /// Who created it.
    pub created_by: String,
    /// When it was updated last.
    pub updated_at: Millis,
    /// Who updated it last.
    pub updated_by: String,
    /// Grows with each update; compared for optimistic locking.
    pub revision: i64,
    /// Its last use, at most a minute behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_use: Option<LastUse>,
    /// Until when the previous secret works, if it still does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_secret_until: Option<Millis>,
    /// When the previous secret was used last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_secret_used_at: Option<Millis>,
    /// Whether the key has no working secret, as after a restore of an old backup: it must be rotated again.
    pub needs_rotation: bool,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Millis>,
    /// The reason for its deletion, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_reason: Option<String>,
}

/// The state by which a list of keys is filtered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyState {
    /// Keys that are not deleted.
    #[default]
    Active,
    /// Disabled keys that are not deleted.
    Disabled,
    /// Expired keys that are not deleted.
    Expired,
    /// Keys that were deleted in the last 30 days.
    Deleted,
}

impl_words!(KeyState { Active => "active", Disabled => "disabled", Expired => "expired", Deleted => "deleted" });

/// When and from where a key was used last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
    /// When.
    pub at: Millis,
    /// The caller's address, if it was known.
    pub address: Option<String>,
}

/// The last account of a page, after which the next page begins. Written as `<milliseconds>.<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When the account was created.
    pub created_at: Millis,
    /// The account's id.
    pub id: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.created_at, self.id)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (created_at, id) = text.split_once('.').ok_or(())?;
        let is_id = id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match created_at.parse() {
            Ok(created_at) if is_id => Ok(Self { created_at, id: id.to_owned() }),
            _ => Err(()),
        }
    }
}

/// A page of keys, in the order that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPage {
    /// The keys.
    pub keys: Vec<KeyView>,
    /// Where the next page begins, if there is one.
    pub next: Option<KeyCursor>,
    /// How many keys match search and filter, on all pages together.
    pub matching: usize,
    /// How many keys the account has, regardless of search and filter; without deleted ones.
    pub total: usize,
    /// How many keys the account may have.
    pub limit: usize,
}

/// A sub-account, as the members of an account above it see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// The account above it.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: Millis,
    /// How many keys it has.
    pub keys: usize,
}

/// A page of accounts, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// The accounts.
    pub accounts: Vec<AccountView>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_round_trips() {
        let cursor = Cursor { created_at: 1_795_219_200_000, id: "key_4fT9sQ2mXa8rJ0kV".to_owned() };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }

    #[test]
    fn a_malformed_cursor_is_refused() {
        for text in ["", ".", "1", "x.key_1", "1.key-1", "1.'; DROP TABLE keys", "9999999999999999999.key_1"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
