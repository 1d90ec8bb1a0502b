//! `POST /api/console/keys/rotate`. Only this function and `keys/create` answer with a secret.

use super::KeyWithSecret;
use crate::AppError;
use crate::wire::JsonProtocol;
use domain::lifecycle::RotateForm;
use leptos::prelude::*;

/// Rotates a key's secret. The old one keeps working for the overlap that the form says.
#[server(prefix = "/api/console", endpoint = "keys/rotate", protocol = JsonProtocol)]
pub async fn rotate_key(id: String, form: RotateForm) -> Result<KeyWithSecret, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    app_state()?.keyhatch.keys().rotate(&actor, &account, &id, &form).await.map(KeyWithSecret::from).map_err(fail)
}
