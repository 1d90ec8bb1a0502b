//! Everything that must not be seen: the pepper, keyed hashes, new keys, passwords. No SQL, no policy.

pub mod passwords;
pub mod pepper;

use crate::random::{self, Random};
use domain::key::{Environment, KeyFormat, PublicId};
use pepper::Pepper;
pub use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroize;

/// A key that was just made: its parts that are stored, and the value that is shown once.
pub struct NewSecret {
    /// The part of the key that finds its row.
    pub public_id: PublicId,
    /// `HMAC-SHA256(pepper, whole key)`.
    pub hash: [u8; 32],
    /// The last characters, which stay visible.
    pub last_chars: String,
    /// The whole key. Its `Debug` prints nothing of it.
    pub value: SecretString,
}

/// Makes a key of 256 random bits.
pub(crate) fn new_secret(
    format: &KeyFormat,
    environment: Environment,
    pepper: &Pepper,
    random: &dyn Random,
) -> NewSecret {
    let public_id = PublicId::from_random(&mut |buffer: &mut [u8]| random.fill(buffer));
    let mut bits = random::bytes::<32>(random);
    let value = SecretString::from(format.compose(environment, &public_id, &bits));
    bits.zeroize();
    let text = value.expose_secret();
    NewSecret { public_id, hash: pepper.hash_key(text), last_chars: format.last_shown(text).to_owned(), value }
}
