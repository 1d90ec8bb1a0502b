//! What is shown of keys: one key as a list shows it, a page of them, and where the next page begins.
//!
//! Nothing here holds a secret, so all of it may be sent to a browser and put into a page.

use crate::key::Environment;
use crate::time::Millis;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A key, as its account's members see it. As JSON it leaves out what is not there: a page holds many.
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
    /// Canonical whitelist entries, one a line; empty lets in any address.
    pub whitelist: String,
    /// `*`, or privileges with spaces between them.
    pub privileges: String,
    /// As `Limits` are stored; empty for none.
    pub limits: String,
    /// The first moment at which it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Millis>,
    /// Whether it is not disabled.
    pub enabled: bool,
    /// When it was issued.
    pub created_at: Millis,
    /// Who issued it.
    pub created_by: String,
    /// When it was changed last.
    pub updated_at: Millis,
    /// Who changed it last.
    pub updated_by: String,
    /// Grows with each change: what somebody saw before a change has another.
    pub revision: i64,
    /// Its last use, at most a minute behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_use: Option<LastUse>,
    /// Until when the secret before the current one works, if it still does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_secret_until: Option<Millis>,
    /// When that old secret was used last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_secret_used_at: Option<Millis>,
    /// Whether its secret has ended although none took its place, as after an old database was put back: it must be
    /// changed again.
    pub needs_rotation: bool,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Millis>,
    /// Why it was deleted, if somebody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_reason: Option<String>,
}

/// Which keys a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyState {
    /// Those that are not deleted.
    #[default]
    Active,
    /// Those of them that are disabled.
    Disabled,
    /// Those of them that have expired.
    Expired,
    /// Those that were deleted in the last 30 days.
    Deleted,
}

impl KeyState {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Active, Self::Disabled, Self::Expired, Self::Deleted];

    /// The word for it in an address and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::Deleted => "deleted",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// When and from where a key was used last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
    /// When.
    pub at: Millis,
    /// The caller's address, if it was known.
    pub address: Option<String>,
}

/// Where a page ended. Written as `<milliseconds>.<key id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When the page's last key was issued.
    pub created_at: Millis,
    /// That key's id.
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

/// A page of keys, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPage {
    /// The keys.
    pub keys: Vec<KeyView>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many keys the account has, whatever was searched for.
    pub total: usize,
    /// How many it may have.
    pub limit: usize,
}

/// An account, as whoever is above it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// The account above it.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// When it was made.
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
    fn a_cursor_is_read_as_it_was_written() {
        let cursor = Cursor { created_at: 1_795_219_200_000, id: "key_4fT9sQ2mXa8rJ0kV".to_owned() };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }

    #[test]
    fn a_foreign_cursor_is_refused() {
        for text in ["", ".", "1", "x.key_1", "1.key-1", "1.'; DROP TABLE keys", "9999999999999999999.key_1"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
