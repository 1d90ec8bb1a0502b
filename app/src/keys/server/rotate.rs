//! `POST /api/console/keys/rotate`. Only this function and `keys/create` answer with a secret.

use super::KeyWithSecret;
use crate::Problem;
use crate::wire::JsonProtocol;
use domain::life::RotateForm;
use leptos::prelude::*;

/// Rotates a key's secret. The old one keeps working for the overlap that the form says.
#[server(prefix = "/api/console", endpoint = "keys/rotate", protocol = JsonProtocol)]
pub async fn rotate_key(id: String, form: RotateForm) -> Result<KeyWithSecret, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.rotate_key(&actor, &account, &id, &form).await.map(KeyWithSecret::from).map_err(fail)
}
