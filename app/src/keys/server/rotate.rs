//! `POST /api/console/keys/rotate`: a new secret for a key; with `keys/issue` the only answers that hold one.

use super::Issued;
use crate::AppError;
use crate::wire::JsonCall;
use domain::lifecycle::RotateForm;
use leptos::prelude::*;

/// Changes a key's secret. The old one works as long as the form says.
#[server(prefix = "/api/console", endpoint = "keys/rotate", protocol = JsonCall)]
pub async fn rotate_key(id: String, form: RotateForm) -> Result<Issued, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    app_state()?.keyhatch.rotate_key(&actor, &account, &id, &form).await.map(Issued::from).map_err(fail)
}
