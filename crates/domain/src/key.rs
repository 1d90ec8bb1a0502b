//! The format of a key's secret: composing one, parsing one, and masking one that may no longer be shown. Randomness
//! comes from the caller; hashing and storing do not belong here.
//!
//! `kh_live_<10 characters public id>_<43 characters, 256 random bits><6 characters CRC-32 of all before>`: only
//! `[0-9A-Za-z_]`, so that a double-click selects it and no shell, URL or protocol needs to quote it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::impl_words;

/// How many characters of a key stay visible after it was created, unless the operator's policy says otherwise.
pub(crate) const LAST_SHOWN: usize = 5;

// Base 62 is written here rather than taken from a crate: `base62` ends at 128 bits, `base-x` allocates and so leaves
// copies of the secret in memory, and neither pads to a fixed length.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LEN: usize = 10;
const SECRET_LEN: usize = 43;
const CHECKSUM_LEN: usize = 6;
/// What follows the tag: `_`, public id, `_`, secret, checksum.
const AFTER_TAG: usize = 1 + ID_LEN + 1 + SECRET_LEN + CHECKSUM_LEN;

/// Whether a key is for real.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Environment {
    /// For real.
    #[default]
    Live,
    /// For trying out.
    Sandbox,
}

impl_words!(Environment { Live => "live", Sandbox => "sandbox" });

impl Environment {
    /// The word inside a key.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "test",
        }
    }
}

/// The part of a key by which its row is found; not secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicId([u8; ID_LEN]);

impl PublicId {
    /// Parses ten characters of `[0-9A-Za-z]`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; ID_LEN] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    /// Generates an id by rejection sampling, so that every character is equally likely. `fill` must overwrite the
    /// bytes with random ones at every call.
    pub fn from_random(fill: &mut impl FnMut(&mut [u8])) -> Self {
        let mut id = [0; ID_LEN];
        let mut len = 0;
        while len < ID_LEN {
            let mut random = [0; 16];
            fill(&mut random);
            // Six bits give 64 values; the two beyond the alphabet are rejected.
            for byte in random {
                if let Some(character) = ALPHABET.get(usize::from(byte & 0x3f))
                    && len < ID_LEN
                {
                    id[len] = *character;
                    len += 1;
                }
            }
        }
        Self(id)
    }

    /// The ten characters.
    pub fn as_str(&self) -> &str {
        // Every constructor admits ASCII only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicId({self})")
    }
}

/// What a key tells without a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyParts {
    /// The environment that the key claims.
    pub environment: Environment,
    /// The id by which its row is found.
    pub public_id: PublicId,
}

/// The format of this installation's keys, whole and masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFormat {
    prefix: Box<str>,
    last_shown: usize,
}

/// A key prefix that would need quoting somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("A key prefix is 1 to 16 characters a-z and 0-9 and begins with a letter, such as kh.")]
pub struct PrefixError;

impl KeyFormat {
    /// Accepts a prefix of `[a-z][a-z0-9]{0,15}`.
    ///
    /// # Errors
    /// [`PrefixError`] for any other.
    pub fn new(prefix: &str) -> Result<Self, PrefixError> {
        let plain = prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let valid = plain && prefix.len() <= 16 && prefix.starts_with(|c: char| c.is_ascii_lowercase());
        if valid { Ok(Self { prefix: prefix.into(), last_shown: LAST_SHOWN }) } else { Err(PrefixError) }
    }

    /// Sets how many characters of a key stay visible after it was created.
    #[must_use]
    pub fn with_last_shown(self, last_shown: usize) -> Self {
        Self { last_shown, ..self }
    }

    /// The length of a key, in characters.
    pub fn len(&self, environment: Environment) -> usize {
        self.prefix.len() + 1 + environment.tag().len() + AFTER_TAG
    }

    /// Composes a whole key. The result is a secret: it belongs in one response and nowhere else.
    pub fn compose(&self, environment: Environment, public_id: &PublicId, secret: &[u8; 32]) -> String {
        // Allocated at its final length: a growing string would leave copies of the secret behind.
        let mut key = String::with_capacity(self.len(environment));
        for part in [&self.prefix, "_", environment.tag(), "_", public_id.as_str(), "_"] {
            key.push_str(part);
        }
        key.extend(encode_secret(*secret).map(char::from));
        let checksum = checksum(key.as_bytes());
        key.extend(checksum.map(char::from));
        key
    }

    /// Parses a key: prefix, length, alphabet and checksum. Does not allocate.
    ///
    /// The checksum is no proof; it saves a look-up for keys that are mistyped or made up.
    pub fn parse(&self, text: &str) -> Option<KeyParts> {
        let bytes = text.as_bytes();
        let rest = bytes.strip_prefix(self.prefix.as_bytes())?.strip_prefix(b"_")?;
        let (environment, rest) = Environment::ALL
            .into_iter()
            .find_map(|environment| Some((environment, rest.strip_prefix(environment.tag().as_bytes())?)))?;
        let rest: &[u8; AFTER_TAG] = rest.try_into().ok()?;
        let (id, secret) = rest.strip_prefix(b"_")?.split_first_chunk::<ID_LEN>()?;
        let secret = secret.strip_prefix(b"_")?;
        let (checked, written) = bytes.split_last_chunk::<CHECKSUM_LEN>()?;
        let valid = are_alphanumeric(id) && are_alphanumeric(secret) && checksum(checked) == *written;
        valid.then_some(KeyParts { environment, public_id: PublicId(*id) })
    }

    /// The characters of a key that stay visible.
    pub fn last_shown<'a>(&self, key: &'a str) -> &'a str {
        key.len().checked_sub(self.last_shown).and_then(|at| key.get(at..)).unwrap_or(key)
    }

    /// A masked key: `kh_live_…9xQ2f`.
    pub fn mask(&self, environment: Environment, last: &str) -> String {
        format!("{}_{}_…{last}", self.prefix, environment.tag())
    }
}

/// 256 bits, big-endian, as base 62, left-padded with `0`.
fn encode_secret(mut number: [u8; 32]) -> [u8; SECRET_LEN] {
    let mut digits = [ALPHABET[0]; SECRET_LEN];
    for digit in digits.iter_mut().rev() {
        let mut remainder = 0u16;
        for byte in &mut number {
            let value = remainder << 8 | u16::from(*byte);
            // Both fit: the remainder is below 62, so the quotient is below 256.
            *byte = (value / 62).to_le_bytes()[0];
            remainder = value % 62;
        }
        *digit = ALPHABET[usize::from(remainder)];
    }
    digits
}

/// Looks at every byte instead of stopping early, which lets the compiler vectorize it.
fn are_alphanumeric(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |valid, byte| valid & byte.is_ascii_alphanumeric())
}

/// The CRC-32 as base 62, left-padded with `0`. In 32-bit arithmetic, because every call to the gate computes it.
fn checksum(checked: &[u8]) -> [u8; CHECKSUM_LEN] {
    let mut number = crc32fast::hash(checked);
    let mut digits = [ALPHABET[0]; CHECKSUM_LEN];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number % 62) as usize];
        number /= 62;
    }
    digits
}

#[cfg(test)]
mod tests;
