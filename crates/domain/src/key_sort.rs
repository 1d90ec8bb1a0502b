//! The order of a list of keys, and the cursor after which its next page begins. Sorting itself belongs to `store`.

use crate::time::Millis;
use crate::words::{UnknownWord, impl_words};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The most bytes of a folded name in a cursor. Names have at most 200 characters, and folding may double them.
const NAME_MAX: usize = 2_400;

/// By which of its values a list of keys is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySortBy {
    /// When the key was created.
    #[default]
    Created,
    /// The key's name, ignoring case, by code points.
    Name,
    /// When the key was used last, as far as it is stored: at most a minute behind.
    Used,
    /// When the key expires.
    Expires,
}

impl_words!(KeySortBy { Created => "created", Name => "name", Used => "used", Expires => "expires" });

/// The order of a list of keys. Written as one word: `name` ascending, `-name` descending; `created`, `used` and
/// `expires` likewise. The default is `-created`: the newest key first.
///
/// Keys that were never used, or never expire, come last in both directions, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct KeySort {
    /// The value that is compared.
    pub by: KeySortBy,
    /// Whether the largest value comes first: the newest key, the latest use, the end of the alphabet.
    pub is_descending: bool,
}

impl KeySort {
    /// Every order: each value ascending, then descending.
    pub const ALL: [Self; 8] = {
        let mut all = [Self { by: KeySortBy::Created, is_descending: false }; 8];
        let mut index = 0;
        while index < all.len() {
            all[index] = Self { by: KeySortBy::ALL[index / 2], is_descending: index % 2 == 1 };
            index += 1;
        }
        all
    };

    /// The direction in which a value is sorted first, before it is reversed: names from A to Z, the next expiry first,
    /// the newest key first, the latest use first.
    pub const fn first(by: KeySortBy) -> Self {
        Self { by, is_descending: matches!(by, KeySortBy::Created | KeySortBy::Used) }
    }

    /// The opposite direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self { is_descending: !self.is_descending, ..self }
    }

    /// What a sort by `by` leads to from this order: the opposite direction if it sorts by that value already.
    #[must_use]
    pub fn toggled(self, by: KeySortBy) -> Self {
        if self.by == by { self.reversed() } else { Self::first(by) }
    }

    /// The word in the page's address and over HTTP.
    pub const fn as_str(self) -> &'static str {
        match (self.by, self.is_descending) {
            (KeySortBy::Created, false) => "created",
            (KeySortBy::Created, true) => "-created",
            (KeySortBy::Name, false) => "name",
            (KeySortBy::Name, true) => "-name",
            (KeySortBy::Used, false) => "used",
            (KeySortBy::Used, true) => "-used",
            (KeySortBy::Expires, false) => "expires",
            (KeySortBy::Expires, true) => "-expires",
        }
    }

    /// Parses [`Self::as_str`], case-sensitively.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

impl Default for KeySort {
    fn default() -> Self {
        Self::first(KeySortBy::Created)
    }
}

impl fmt::Display for KeySort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for KeySort {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::parse(word).ok_or(UnknownWord)
    }
}

impl From<KeySort> for String {
    fn from(sort: KeySort) -> Self {
        sort.as_str().to_owned()
    }
}

impl TryFrom<String> for KeySort {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        word.parse()
    }
}

/// The sort value of a key. With its id, the key's place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPosition {
    /// At the time by which the list is sorted.
    At(Millis),
    /// At its name, folded as it is stored.
    Named(String),
    /// Among those at the end, which have no time to sort by; they are sorted by their creation.
    WithoutTime {
        /// When the key was created.
        created_at: Millis,
    },
}

/// The last key of a page, after which the next page begins.
///
/// Written in URL-safe characters as `<sort>.<id>.<position>`. The position is a time in epoch milliseconds; a folded
/// name as hexadecimal UTF-8; or, for a key without a time to sort by, its creation time after a further point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct KeyCursor {
    /// The order of the list; a cursor has no meaning in another one.
    pub sort: KeySort,
    /// The key's id.
    pub id: String,
    /// Where the key stands.
    pub position: KeyPosition,
}

/// The text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the cursor of a list of keys")]
pub struct MalformedKeyCursor;

impl fmt::Display for KeyCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.", self.sort, self.id)?;
        match &self.position {
            KeyPosition::At(at) => write!(f, "{at}"),
            KeyPosition::Named(name) => name.bytes().try_for_each(|byte| write!(f, "{byte:02x}")),
            KeyPosition::WithoutTime { created_at } => write!(f, ".{created_at}"),
        }
    }
}

impl FromStr for KeyCursor {
    type Err = MalformedKeyCursor;

    fn from_str(text: &str) -> Result<Self, MalformedKeyCursor> {
        let cursor = parse_cursor(text).ok_or(MalformedKeyCursor)?;
        // A cursor has one spelling: no `+5`, no upper-case hexadecimal.
        if cursor.to_string() == text { Ok(cursor) } else { Err(MalformedKeyCursor) }
    }
}

impl From<KeyCursor> for String {
    fn from(cursor: KeyCursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for KeyCursor {
    type Error = MalformedKeyCursor;

    fn try_from(text: String) -> Result<Self, MalformedKeyCursor> {
        text.parse()
    }
}

fn parse_cursor(text: &str) -> Option<KeyCursor> {
    let mut parts = text.splitn(3, '.');
    let (sort, id, position) = (KeySort::parse(parts.next()?)?, parts.next()?, parts.next()?);
    let is_id = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_id {
        return None;
    }
    let position = match (sort.by, position.strip_prefix('.')) {
        (KeySortBy::Name, _) => KeyPosition::Named(parse_name(position)?),
        (KeySortBy::Used | KeySortBy::Expires, Some(created_at)) => {
            KeyPosition::WithoutTime { created_at: created_at.parse().ok()? }
        }
        (KeySortBy::Created | KeySortBy::Used | KeySortBy::Expires, _) => KeyPosition::At(position.parse().ok()?),
    };
    Some(KeyCursor { sort, id: id.to_owned(), position })
}

/// Parses hexadecimal UTF-8 without control characters: PostgreSQL refuses NUL.
fn parse_name(hexadecimal: &str) -> Option<String> {
    let digits = hexadecimal.as_bytes();
    if digits.is_empty() || digits.len() > 2 * NAME_MAX || !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect();
    String::from_utf8(bytes?).ok().filter(|name| !name.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(sort: &str, position: KeyPosition) -> KeyCursor {
        KeyCursor { sort: sort.parse().expect("an order"), id: "key_4fT9sQ2mXa8rJ0kV".to_owned(), position }
    }

    #[test]
    fn every_order_is_one_word() {
        let words: Vec<String> = KeySort::ALL.iter().map(ToString::to_string).collect();
        let expected = ["created", "-created", "name", "-name", "used", "-used", "expires", "-expires"];
        assert_eq!(words, expected);
        for sort in KeySort::ALL {
            assert_eq!(sort.to_string().parse(), Ok(sort));
            let json = serde_json::to_string(&sort).expect("serializable");
            assert_eq!((json.as_str(), serde_json::from_str(&json).ok()), (&*format!("\"{sort}\""), Some(sort)));
            assert_eq!((sort.reversed().reversed(), sort.reversed() == sort), (sort, false));
        }
        for word in ["", "-", "Name", "--name", "name ", "+name", "size", "created_at"] {
            assert_eq!(KeySort::parse(word), None, "{word}");
        }
    }

    #[test]
    fn a_list_is_sorted_in_the_usual_direction_first() {
        assert_eq!(KeySort::default().as_str(), "-created");
        for (by, first) in [
            (KeySortBy::Created, "-created"),
            (KeySortBy::Name, "name"),
            (KeySortBy::Used, "-used"),
            (KeySortBy::Expires, "expires"),
        ] {
            assert_eq!(KeySort::first(by).as_str(), first);
            let other = if by == KeySortBy::Name { KeySortBy::Used } else { KeySortBy::Name };
            assert_eq!(KeySort::first(other).toggled(by), KeySort::first(by));
            assert_eq!(KeySort::first(by).toggled(by), KeySort::first(by).reversed());
        }
    }

    #[test]
    fn cursors_round_trip_and_are_safe_in_a_url() {
        let at = KeyPosition::At(1_795_219_200_000);
        let never = KeyPosition::WithoutTime { created_at: -5 };
        let longest = KeyPosition::Named("\u{10ffff}".repeat(600));
        for (sort, position, text) in [
            ("-created", at.clone(), Some("-created.key_4fT9sQ2mXa8rJ0kV.1795219200000")),
            ("used", at.clone(), Some("used.key_4fT9sQ2mXa8rJ0kV.1795219200000")),
            ("-expires", at, Some("-expires.key_4fT9sQ2mXa8rJ0kV.1795219200000")),
            ("-used", never.clone(), Some("-used.key_4fT9sQ2mXa8rJ0kV..-5")),
            ("expires", never, Some("expires.key_4fT9sQ2mXa8rJ0kV..-5")),
            ("name", KeyPosition::Named("a.b é".into()), Some("name.key_4fT9sQ2mXa8rJ0kV.612e6220c3a9")),
            ("-name", longest, None),
        ] {
            let cursor = cursor(sort, position);
            let written = cursor.to_string();
            assert!(text.is_none_or(|text| text == written), "{written}");
            assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{written}");
            assert_eq!(written.parse(), Ok(cursor));
        }
    }

    #[test]
    fn malformed_cursors_are_refused() {
        let long_name = format!("name.key_1.{}", "61".repeat(NAME_MAX + 1));
        let long_id = format!("created.{}.1", "a".repeat(65));
        for text in [
            "",
            "..",
            "created",
            "created.key_1",
            "created.key_1.",
            "created.key_1.x",
            "created.key_1.+1",
            "created.key_1.01",
            "created.key_1. 1",
            "created.key_1..1",
            "created.key_1.9999999999999999999",
            "created..1",
            "created.key-1.1",
            "created.'; DROP TABLE keys.1",
            "size.key_1.1",
            "1795219200000.key_1",
            "used.key_1...1",
            "used.key_1..",
            "expires.key_1.1.1",
            "name.key_1.",
            "name.key_1.6",
            "name.key_1.6A",
            "name.key_1.6g",
            "name.key_1.é",
            "name.key_1.ff",
            "name.key_1.00",
            "name.key_1..1",
            &long_name,
            &long_id,
        ] {
            assert_eq!(text.parse::<KeyCursor>(), Err(MalformedKeyCursor), "{text}");
        }
    }
}
