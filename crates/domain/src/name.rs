//! Names of keys and accounts: allowed characters and length. Uniqueness does not belong here.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{is_invisible, is_joiner};
use crate::texts::fields as texts;

/// The most characters of an account's name.
pub const ACCOUNT_NAME_MAX: usize = 64;

/// Why a name is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum NameError {
    /// Empty, or only white space.
    #[error("{}", texts::name_missing())]
    Empty,
    /// More characters than allowed, counted by [`name_len`].
    #[error("{}", texts::name_too_long(*len, *max))]
    TooLong {
        /// Characters typed, after trimming.
        len: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A line break, a tab, or another control character.
    #[error("{}", texts::name_control())]
    Control,
    /// An invisible character, or one that reverses the text around it.
    #[error("{}", texts::name_invisible())]
    Invisible,
}

/// The name of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// Parses a name of at most `max` characters; surrounding white space is dropped.
    ///
    /// # Errors
    /// See [`NameError`].
    pub fn parse(typed: &str, max: usize) -> Result<Self, NameError> {
        parse_name(typed, max).map(Self)
    }

    /// The name as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an account, at most [`ACCOUNT_NAME_MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountName(String);

impl AccountName {
    /// Parses a name; surrounding white space is dropped.
    ///
    /// # Errors
    /// See [`NameError`].
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        parse_name(typed, ACCOUNT_NAME_MAX).map(Self)
    }

    /// The name as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The length of a name: Unicode scalar values after trimming.
pub fn name_len(typed: &str) -> usize {
    typed.trim().chars().count()
}

fn parse_name(typed: &str, max: usize) -> Result<String, NameError> {
    let name = typed.trim();
    let len = name_len(name);
    if len == 0 {
        return Err(NameError::Empty);
    }
    if len > max {
        return Err(NameError::TooLong { len, max });
    }
    if name.chars().any(char::is_control) {
        return Err(NameError::Control);
    }
    if name.chars().any(is_invisible) || has_stray_joiner(name) {
        return Err(NameError::Invisible);
    }
    Ok(name.to_owned())
}

/// Whether a joiner has no purpose. It is legitimate between two letters of a script with joining forms and between
/// emoji; next to an ASCII character, white space or the end of the name it only makes names look alike.
fn has_stray_joiner(name: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_joiner(c));
    let mut before = None;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if is_joiner(c) && !(joins(before) && joins(chars.peek().copied())) {
            return true;
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_otherwise_unchanged() {
        for (typed, kept) in [
            ("Warehouse sync", "Warehouse sync"),
            ("  x\n", "x"),
            ("Zürich", "Zürich"),
            ("Αθήνα", "Αθήνα"),
            ("Склад", "Склад"),
            ("東京倉庫", "東京倉庫"),
            ("مفتاح", "مفتاح"),
            ("نمی\u{200c}خواهم", "نمی\u{200c}خواهم"),
            ("👩\u{200d}🔧 shop", "👩\u{200d}🔧 shop"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ] {
            assert_eq!(KeyName::parse(typed, 32).as_ref().map(KeyName::as_str), Ok(kept));
            assert_eq!(AccountName::parse(typed).as_ref().map(AccountName::as_str), Ok(kept));
        }
    }

    #[test]
    fn refused_names_have_a_reason() {
        let long = "é".repeat(33);
        for (typed, error) in [
            ("", NameError::Empty),
            (" \t\u{a0}", NameError::Empty),
            (long.as_str(), NameError::TooLong { len: 33, max: 32 }),
            ("a\nb", NameError::Control),
            ("a\tb", NameError::Control),
            ("a\0b", NameError::Control),
            ("a\u{85}b", NameError::Control),
            ("a\u{202e}b", NameError::Invisible),
            ("a\u{200b}b", NameError::Invisible),
            ("\u{feff}a", NameError::Invisible),
            ("ad\u{200d}min", NameError::Invisible),
            ("خ\u{200c}", NameError::Invisible),
            ("\u{2800}", NameError::Invisible),
        ] {
            assert_eq!(KeyName::parse(typed, 32), Err(error), "{typed:?}");
        }
        assert_eq!(AccountName::parse(&"a".repeat(65)), Err(NameError::TooLong { len: 65, max: 64 }));
    }

    #[test]
    fn the_length_limit_counts_characters_rather_than_bytes() {
        assert!(KeyName::parse(&"東".repeat(32), 32).is_ok());
        assert_eq!(name_len("  東京 "), 2);
        assert_eq!(
            NameError::TooLong { len: 40, max: 32 }.to_string(),
            "The name has 40 characters; shorten it to 32."
        );
    }
}
