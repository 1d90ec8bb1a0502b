//! `POST /api/console/keys/create`. Only this function and `keys/rotate` answer with a secret.

use crate::AppError;
use crate::wire::JsonProtocol;
use domain::form::KeyForm;
use domain::views::KeyView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A key with its new secret. The secret is zeroized on drop.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeyWithSecret {
    /// The key, as the list shows it.
    pub key: KeyView,
    /// The whole key, in plain text.
    pub secret: String,
    /// The key's PDF, base64-encoded.
    pub pdf: String,
}

impl Drop for KeyWithSecret {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.pdf.zeroize();
    }
}

/// Creates a key in the open account.
#[server(prefix = "/api/console", endpoint = "keys/create", protocol = JsonProtocol)]
pub async fn create_key(form: KeyForm) -> Result<KeyWithSecret, AppError> {
    use crate::context::{actor, app_state, fail};
    let (actor, account) = actor().map_err(fail)?;
    app_state()?.keyhatch.keys().create(&actor, &account, &form).await.map(KeyWithSecret::from).map_err(fail)
}

#[cfg(feature = "ssr")]
impl From<service::keys::CreatedKey> for KeyWithSecret {
    fn from(created: service::keys::CreatedKey) -> Self {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        use service::secrets::ExposeSecret;

        Self { key: created.key, secret: created.secret.expose_secret().to_owned(), pdf: STANDARD.encode(&created.pdf) }
    }
}
