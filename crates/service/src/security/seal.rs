//! Sealing the secrets of second factors, so that a copy of the database alone makes no codes: XChaCha20-Poly1305 (its
//! 192-bit nonces may be random) with a key derived from the pepper, bound to the member it belongs to.

use crate::random::{self, Random};
use crate::secrets::pepper::Pepper;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Seals and opens.
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    pub(crate) fn new(pepper: &Pepper) -> Self {
        Self(XChaCha20Poly1305::new(&(*pepper.derive_key("two-factor secrets")).into()))
    }

    /// A nonce and what only this key opens, and only for this member.
    pub(crate) fn close(&self, member_id: &str, secret: &[u8], random: &dyn Random) -> Vec<u8> {
        let nonce = random::bytes::<NONCE>(random);
        let payload = Payload { msg: secret, aad: member_id.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).expect("a few bytes can always be sealed");
        [&nonce[..], &sealed].concat()
    }

    /// `None` for what was sealed with another key or for another member, or was changed since.
    pub(crate) fn open(&self, member_id: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: member_id.as_bytes() };
        self.0.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn only_its_member_and_its_pepper_open_it() {
        let seal = Seal::new(&Pepper::new([7; 32]));
        let sealed = seal.close("mem_1", b"a secret", &SystemRandom);
        assert_eq!(seal.open("mem_1", &sealed).as_deref().map(Vec::as_slice), Some(&b"a secret"[..]));
        assert!(!sealed.windows(8).any(|window| window == b"a secret"));
        assert_ne!(seal.close("mem_1", b"a secret", &SystemRandom), sealed, "another nonce each time");
        assert!(seal.open("mem_2", &sealed).is_none());
        assert!(Seal::new(&Pepper::new([8; 32])).open("mem_1", &sealed).is_none());
        let mut changed = sealed.clone();
        changed[NONCE] ^= 1;
        assert!(seal.open("mem_1", &changed).is_none());
        assert!(seal.open("mem_1", &sealed[..NONCE - 1]).is_none());
    }
}
