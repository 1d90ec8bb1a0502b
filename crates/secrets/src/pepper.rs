//! The pepper: 256 secret bits that are kept beside the database and never in it. A copy of the database alone verifies
//! no key.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Keys every stored hash, and derives a key for each other purpose.
pub struct Pepper {
    bytes: SecretBox<[u8; 32]>,
    // Keyed once: cloning this state saves two of the four compressions of each hash.
    key_hash: Hmac<Sha256>,
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(…)")
    }
}

impl Pepper {
    /// A pepper of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        let key_hash = keyed(&bytes);
        Self { bytes: SecretBox::new(Box::new(bytes)), key_hash }
    }

    /// Reads 64 hexadecimal digits; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self::new(bytes))
    }

    /// The stored form of an API key: `HMAC-SHA256(pepper, key)`.
    #[must_use]
    #[inline]
    pub fn hash_key(&self, key: &str) -> [u8; 32] {
        let mut mac = self.key_hash.clone();
        mac.update(key.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Whether `hash` is the stored form of `key`, compared in constant time.
    #[must_use]
    #[inline]
    pub fn matches(&self, key: &str, hash: &[u8; 32]) -> bool {
        self.hash_key(key).ct_eq(hash).into()
    }

    /// An HMAC with a key derived for `purpose`; no two purposes share a key.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Hmac<Sha256> {
        keyed(&*self.derive_key(purpose))
    }

    /// The 32 bytes of the key that [`Self::derive`] uses.
    #[must_use]
    pub fn derive_key(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(self.bytes.expose_secret(), &format!("keyhatch {purpose}")))
    }

    /// Identifies the pepper without revealing it: 32 hexadecimal digits that the database records.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        crate::hex(&mac(self.bytes.expose_secret(), "keyhatch pepper fingerprint")[..16])
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of every length")
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}
