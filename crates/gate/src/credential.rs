//! Reading credentials: finding the public id in a key, and comparing a key with its stored hash.

use crate::cached_key::CachedKey;
use domain::key::{KeyFormat, KeyParts};
use domain::time::Millis;
use secrets::Pepper;
use std::sync::Arc;

/// Reads the credentials of this installation: keys here, probes in `probe`.
pub(crate) struct CredentialReader {
    format: KeyFormat,
    pub(crate) prefix: String,
    pub(crate) pepper: Arc<Pepper>,
}

/// What a credential proves about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Neither the key nor that the caller ever had it, or only that of a retired secret.
    None,
    /// The secret, but not the name that was sent with it. To the caller it is the same as no proof.
    OtherName,
    /// Secret and name.
    Complete,
}

impl CredentialReader {
    pub(crate) fn new(format: KeyFormat, prefix: String, pepper: Arc<Pepper>) -> Self {
        Self { format, prefix, pepper }
    }

    /// The parts of a well-formed key; `None` for any other text.
    pub(crate) fn parse_key(&self, credential: &str) -> Option<KeyParts> {
        self.format.parse(credential)
    }

    /// What `key` proves about the cached key: whether it is its value, and `name`, if there is one, its name.
    pub(crate) fn check(&self, cached: &CachedKey, key: &str, name: Option<&str>, now: Millis) -> Proof {
        let is_same = self.pepper.matches(key, cached.hash());
        let is_named = name.is_none_or(|name| name == cached.name());
        match is_same && !cached.is_retired(now) {
            true if is_named => Proof::Complete,
            true => Proof::OtherName,
            false => Proof::None,
        }
    }

    /// Does the work of [`Self::check`] for a key that does not exist, so that the time taken does not reveal which
    /// ids exist.
    pub(crate) fn compare_with_nothing(&self, key: &str) {
        let _ = self.pepper.matches(key, &[0; 32]);
    }
}
