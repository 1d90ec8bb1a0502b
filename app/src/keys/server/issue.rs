//! `POST /api/console/keys/issue`: with `keys/rotate` the only answers of this product that hold a key.

use crate::AppError;
use crate::wire::JsonCall;
use domain::form::KeyForm;
use domain::views::KeyView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A key that was issued just now. Its text is wiped from memory when it is dropped.
#[derive(Clone, Serialize, Deserialize)]
pub struct Issued {
    /// What the list shows of it.
    pub key: KeyView,
    /// The whole key.
    pub secret: String,
    /// The PDF, base64.
    pub pdf: String,
}

impl Drop for Issued {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.pdf.zeroize();
    }
}

/// Issues a key of the viewer's account.
#[server(prefix = "/api/console", endpoint = "keys/issue", protocol = JsonCall)]
pub async fn issue_key(form: KeyForm) -> Result<Issued, AppError> {
    use crate::context::{actor, app_state, fail};
    let (actor, account) = actor().map_err(fail)?;
    app_state()?.keyhatch.issue_key(&actor, &account, &form).await.map(Issued::from).map_err(fail)
}

#[cfg(feature = "ssr")]
impl From<service::keys::Issued> for Issued {
    fn from(issued: service::keys::Issued) -> Self {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        use service::secrets::ExposeSecret;

        Self { key: issued.key, secret: issued.secret.expose_secret().to_owned(), pdf: STANDARD.encode(&issued.pdf) }
    }
}
