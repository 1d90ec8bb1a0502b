//! A key with its new secret, as the one answer that contains it.

use domain::views::KeyView;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A key with its new secret, and everything that the reveal shows beside it. The secret is zeroized on drop.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeyWithSecret {
    /// The key, as the list shows it.
    pub key: KeyView,
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
            key: created.key,
        }
    }
}
