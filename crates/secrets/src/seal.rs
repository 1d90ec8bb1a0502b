//! Authenticated encryption for small secrets at rest: XChaCha20-Poly1305 with a key derived from the pepper. Nonces of
//! 192 bits are long enough to be random. The associated data binds a sealed secret to its owner.

use crate::pepper::Pepper;
use crate::random::{Random, random_bytes};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Seals (encrypts) and opens (decrypts) secrets of one purpose.
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// A seal whose key is derived from the pepper for this purpose alone.
    #[must_use]
    pub fn new(pepper: &Pepper, purpose: &str) -> Self {
        Self(XChaCha20Poly1305::new(&(*pepper.derive_key(purpose)).into()))
    }

    /// The nonce followed by the ciphertext, which opens only for the same `owner`.
    ///
    /// # Panics
    /// Never: the cipher accepts every secret below 256 GiB.
    #[must_use]
    pub fn close(&self, owner: &str, secret: &[u8], random: &dyn Random) -> Vec<u8> {
        let nonce = random_bytes::<NONCE>(random);
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).expect("a short secret can be sealed");
        [&nonce[..], &sealed].concat()
    }

    /// The secret, or `None` if it was sealed under another key or for another owner, or was modified.
    #[must_use]
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        self.0.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    const PURPOSE: &str = "two-factor secrets";

    #[test]
    fn sealed_secret_opens_only_for_its_owner_and_pepper() {
        let seal = Seal::new(&Pepper::new([7; 32]), PURPOSE);
        let sealed = seal.close("mem_1", b"a secret", &SystemRandom);
        assert_eq!(seal.open("mem_1", &sealed).as_deref().map(Vec::as_slice), Some(&b"a secret"[..]));
        assert!(!sealed.windows(8).any(|window| window == b"a secret"));
        assert_ne!(seal.close("mem_1", b"a secret", &SystemRandom), sealed, "each call takes a new nonce");
        assert!(seal.open("mem_2", &sealed).is_none());
        assert!(Seal::new(&Pepper::new([8; 32]), PURPOSE).open("mem_1", &sealed).is_none());
        let mut modified = sealed.clone();
        modified[NONCE] ^= 1;
        assert!(seal.open("mem_1", &modified).is_none());
        assert!(seal.open("mem_1", &sealed[..NONCE - 1]).is_none());
    }
}
