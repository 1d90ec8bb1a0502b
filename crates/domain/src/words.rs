//! Enums that have one word per variant: in rows, in configuration, on the command line and over HTTP.

use thiserror::Error;

/// The text is none of the enum's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not one of the accepted words")]
pub struct UnknownWord;

/// Implements `ALL`, `as_str`, `parse`, `Display` and `FromStr` for an enum from a table of its variants and words.
///
/// The words must be those that its serde derive uses.
macro_rules! impl_words {
    ($type:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order in which they are offered.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word in rows, in configuration and over HTTP.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// Parses [`Self::as_str`], case-sensitively.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.as_str() == word)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::parse(word).ok_or($crate::words::UnknownWord)
            }
        }
    };
}
pub(crate) use impl_words;

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};
    use std::str::FromStr;

    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use crate::auth_header::AuthHeader;
    use crate::key::Environment;
    use crate::limits::Refill;
    use crate::member::Role;
    use crate::verdict::{Channel, VerdictCode};
    use crate::views::{KeySortBy, KeyState};

    fn check<T>(values: &[T])
    where
        T: Copy + Debug + Display + FromStr + PartialEq + Serialize + DeserializeOwned,
    {
        for value in values {
            let word = value.to_string();
            assert_eq!(word.parse::<T>().ok(), Some(*value), "{word}");
            assert!(format!("{word} ").parse::<T>().is_err(), "{word}");
            let json = serde_json::to_string(value).expect("serializable");
            assert_eq!(json, format!("\"{word}\""));
            assert_eq!(serde_json::from_str::<T>(&json).ok(), Some(*value));
        }
    }

    #[test]
    fn text_and_serde_use_the_same_words() {
        check(&AuthHeader::ALL);
        check(&Environment::ALL);
        check(&Refill::ALL);
        check(&Role::ALL);
        check(&Channel::ALL);
        check(&VerdictCode::ALL);
        check(&KeyState::ALL);
        check(&KeySortBy::ALL);
    }
}
