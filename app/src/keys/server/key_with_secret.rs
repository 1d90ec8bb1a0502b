//! A key with its new secret, as the one answer that contains it.

use domain::key::Environment;
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A key with its new secret, and everything that the reveal shows beside it. The secret is zeroized on drop.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeyWithSecret {
    /// What the reveal says of the key.
    pub key: RevealedKey,
    /// The whole key, in plain text.
    pub secret: String,
    /// The key's PDF, base64-encoded.
    pub pdf: String,
    /// Whether it replaces an older secret.
    pub is_rotation: bool,
    /// The account that the key belongs to.
    pub account: String,
    /// The name of the environment variable that the samples read.
    pub variable: String,
    /// Language and code of each sample; none contains the secret.
    pub samples: Vec<(String, String)>,
}

/// The key that a new secret belongs to.
#[derive(Clone, Serialize, Deserialize)]
pub struct RevealedKey {
    /// The key's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Live or sandbox.
    pub environment: Environment,
    /// Until when the previous secret works, if it still does.
    pub old_secret_until: Option<Millis>,
}

impl Drop for KeyWithSecret {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.pdf.zeroize();
    }
}

#[cfg(feature = "ssr")]
impl KeyWithSecret {
    pub(super) fn new(
        created: service::keys::CreatedKey,
        keyhatch: &service::Keyhatch,
        account: &str,
        is_rotation: bool,
    ) -> Self {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        use service::secrets::ExposeSecret;

        Self {
            secret: created.secret.expose_secret().to_owned(),
            pdf: STANDARD.encode(&created.pdf),
            is_rotation,
            account: account.to_owned(),
            variable: keyhatch.policy().key_variable(),
            samples: domain::code_samples::code_samples(keyhatch.policy(), &created.key.name)
                .into_iter()
                .map(|(language, code)| (language.to_owned(), code))
                .collect(),
            key: RevealedKey {
                id: created.key.id,
                name: created.key.name,
                environment: created.key.environment,
                old_secret_until: created.key.old_secret_until,
            },
        }
    }
}
