//! `POST /api/console/keys/issue`: the one answer of this product that holds a key.

use crate::Problem;
use crate::wire::JsonCall;
use domain::form::KeyForm;
use domain::listing::KeyView;
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
pub async fn issue_key(form: KeyForm) -> Result<Issued, Problem> {
    use crate::context::{actor, console, fail};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use service::secrets::ExposeSecret;

    let (actor, account) = actor().map_err(fail)?;
    let keyhatch = console()?.keyhatch;
    let issued = keyhatch.issue_key(&actor, &account, &form).await.map_err(fail)?;
    Ok(Issued { key: issued.key, secret: issued.secret.expose_secret().to_owned(), pdf: STANDARD.encode(&issued.pdf) })
}
