//! Generating the secret of a key.

use crate::context::Context;
use domain::key::{Environment, PublicId};
use domain::time::Millis;
use secrets::{ExposeSecret, SecretString, random_bytes};
use store::KeySecretRow;
use zeroize::Zeroize;

/// A new secret: the parts to store, and the value to show once.
pub(super) struct NewSecret {
    /// The part of the key by which its row is found.
    pub(super) public_id: PublicId,
    /// `HMAC-SHA256(pepper, whole key)`.
    hash: [u8; 32],
    /// The last characters, which stay visible.
    last_chars: String,
    /// The whole key. Its `Debug` output is redacted.
    pub(super) value: SecretString,
}

impl NewSecret {
    /// Generates a key of 256 random bits.
    pub(super) fn generate(context: &Context, environment: Environment) -> Self {
        let random = &*context.random;
        let public_id = PublicId::from_random(&mut |buffer: &mut [u8]| random.fill(buffer));
        let mut bits = random_bytes::<32>(random);
        let value = SecretString::from(context.key_format.compose(environment, &public_id, &bits));
        bits.zeroize();
        let text = value.expose_secret();
        let last_chars = context.key_format.last_shown(text).to_owned();
        Self { public_id, hash: context.pepper.hash_key(text), last_chars, value }
    }

    /// The row to store: everything but the value.
    pub(super) fn to_row(&self, key_id: &str, created_at: Millis) -> KeySecretRow {
        KeySecretRow {
            public_id: self.public_id.as_str().to_owned(),
            key_id: key_id.to_owned(),
            hash: self.hash.to_vec(),
            last_chars: self.last_chars.clone(),
            created_at,
            retires_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;
    use std::marker::PhantomData;

    /// Tells whether a type has `Debug`: the inherent function is preferred, but exists only where its bound holds.
    struct DebugProbe<T>(PhantomData<T>);

    impl<T: Debug> DebugProbe<T> {
        fn has_debug() -> bool {
            true
        }
    }

    trait Otherwise {
        fn has_debug() -> bool {
            false
        }
    }

    impl<T> Otherwise for DebugProbe<T> {}

    #[test]
    fn new_secret_has_no_debug_output() {
        assert!(DebugProbe::<String>::has_debug(), "the probe works");
        assert!(!DebugProbe::<NewSecret>::has_debug());
    }
}
