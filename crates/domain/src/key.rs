//! What a key's secret looks like: composing one, reading one back, and showing one that may no longer be seen.
//! Randomness comes from the caller; hashing and storing belong to `service`.
//!
//! `kh_live_<10 characters public id>_<43 characters, 256 random bits><6 characters CRC-32 of all before>`: only
//! `[0-9A-Za-z_]`, so that a double-click selects it and no shell, URL or protocol needs to quote it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How many characters of a key are shown after it was created, unless the operator says otherwise.
pub(crate) const LAST_SHOWN: usize = 5;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LEN: usize = 10;
const SECRET_LEN: usize = 43;
const CHECKSUM_LEN: usize = 6;
/// What follows the tag: `_`, public id, `_`, secret, checksum.
const AFTER_TAG: usize = 1 + ID_LEN + 1 + SECRET_LEN + CHECKSUM_LEN;

/// Whether a key works on real data or on a playground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Environment {
    /// Real data.
    #[default]
    Live,
    /// A playground.
    Sandbox,
}

impl Environment {
    /// The word in rows and over HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }

    /// The word inside a key.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "test",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Live, Self::Sandbox].into_iter().find(|environment| environment.as_str() == text)
    }
}

/// The part of a key by which its row is found; no secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicId([u8; ID_LEN]);

impl PublicId {
    /// Reads ten characters of `[0-9A-Za-z]`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; ID_LEN] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    /// Makes an id, each character equally likely. `fill` must overwrite the bytes with random ones at every call.
    pub fn from_random(fill: &mut impl FnMut(&mut [u8])) -> Self {
        let mut id = [0; ID_LEN];
        let mut made = 0;
        while made < ID_LEN {
            let mut random = [0; 16];
            fill(&mut random);
            // Six bits give 64 values; the two without a character are thrown away, or some characters would come more often.
            for byte in random {
                if let Some(character) = ALPHABET.get(usize::from(byte & 0x3f))
                    && made < ID_LEN
                {
                    id[made] = *character;
                    made += 1;
                }
            }
        }
        Self(id)
    }

    /// The ten characters.
    pub fn as_str(&self) -> &str {
        // Always ASCII, by every constructor.
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

/// What can be read from a key without knowing its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyParts {
    /// The environment that the key claims.
    pub environment: Environment,
    /// Where to look for its row.
    pub public_id: PublicId,
}

/// How this installation's keys look, whole and once their secret is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFormat {
    prefix: Box<str>,
    last_shown: usize,
}

/// A key prefix that would not survive everywhere a key goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("A key prefix is 1 to 16 characters a-z and 0-9 and begins with a letter, such as kh.")]
pub struct PrefixError;

impl KeyFormat {
    /// Takes a prefix of `[a-z][a-z0-9]{0,15}`.
    pub fn new(prefix: &str) -> Result<Self, PrefixError> {
        let plain = prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let good = plain && prefix.len() <= 16 && prefix.starts_with(|c: char| c.is_ascii_lowercase());
        if good { Ok(Self { prefix: prefix.into(), last_shown: LAST_SHOWN }) } else { Err(PrefixError) }
    }

    /// The same, with this many characters of a key shown after it was created.
    #[must_use]
    pub fn with_last_shown(self, last_shown: usize) -> Self {
        Self { last_shown, ..self }
    }

    /// How many characters a key has.
    pub fn len(&self, environment: Environment) -> usize {
        self.prefix.len() + 1 + environment.tag().len() + AFTER_TAG
    }

    /// Writes a whole key. The result is a secret: it belongs into one response and nowhere else.
    pub fn compose(&self, environment: Environment, public_id: &PublicId, secret: &[u8; 32]) -> String {
        // Exactly as long as needed: a growing string would leave copies of the secret behind.
        let mut key = String::with_capacity(self.len(environment));
        for part in [&self.prefix, "_", environment.tag(), "_", public_id.as_str(), "_"] {
            key.push_str(part);
        }
        key.extend(secret_digits(*secret).map(char::from));
        let checksum = checksum(key.as_bytes());
        key.extend(checksum.map(char::from));
        key
    }

    /// Reads a key: prefix, length, alphabet and checksum. Does not allocate.
    ///
    /// The checksum proves nothing; it only spares a look-up for what was mistyped or made up.
    pub fn parse(&self, text: &str) -> Option<KeyParts> {
        let bytes = text.as_bytes();
        let rest = bytes.strip_prefix(self.prefix.as_bytes())?.strip_prefix(b"_")?;
        let (environment, rest) = [Environment::Live, Environment::Sandbox]
            .into_iter()
            .find_map(|environment| Some((environment, rest.strip_prefix(environment.tag().as_bytes())?)))?;
        let rest: &[u8; AFTER_TAG] = rest.try_into().ok()?;
        let (id, secret) = rest.strip_prefix(b"_")?.split_first_chunk::<ID_LEN>()?;
        let secret = secret.strip_prefix(b"_")?;
        let (checked, written) = bytes.split_last_chunk::<CHECKSUM_LEN>()?;
        let good = are_alphanumeric(id) && are_alphanumeric(secret) && checksum(checked) == *written;
        good.then_some(KeyParts { environment, public_id: PublicId(*id) })
    }

    /// The characters of a key that stay visible.
    pub fn last_shown<'a>(&self, key: &'a str) -> &'a str {
        key.len().checked_sub(self.last_shown).and_then(|at| key.get(at..)).unwrap_or(key)
    }

    /// A key as it is shown once its secret is gone: `kh_live_…9xQ2f`.
    pub fn mask(&self, environment: Environment, last: &str) -> String {
        format!("{}_{}_…{last}", self.prefix, environment.tag())
    }
}

/// 256 bits, big-endian, in base 62, filled with `0` at the left.
fn secret_digits(mut number: [u8; 32]) -> [u8; SECRET_LEN] {
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

/// All of them, without stopping early: so the compiler can look at many at once.
fn are_alphanumeric(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |good, byte| good & byte.is_ascii_alphanumeric())
}

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
