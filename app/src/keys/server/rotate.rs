//! `POST /api/console/keys/rotate`: a new secret for a key; with `keys/issue` the only answers that hold one.

use super::Issued;
use crate::Problem;
use crate::wire::JsonCall;
use domain::lifecycle::RotateForm;
use leptos::prelude::*;

/// Changes a key's secret. The old one works as long as the form says.
#[server(prefix = "/api/console", endpoint = "keys/rotate", protocol = JsonCall)]
pub async fn rotate_key(id: String, form: RotateForm) -> Result<Issued, Problem> {
    use crate::context::{actor, console, fail};

    let (actor, account) = actor().map_err(fail)?;
    console()?.keyhatch.rotate_key(&actor, &account, &id, &form).await.map(Issued::from).map_err(fail)
}
