//! `POST /api/console/keys/list`: a further page, or a search.

use crate::AppError;
use crate::wire::JsonCall;
use domain::key::Environment;
use domain::views::{Cursor, KeyPage, KeyState};
use leptos::prelude::*;

/// A page of the keys of the viewer's account.
#[server(prefix = "/api/console", endpoint = "keys/list", protocol = JsonCall)]
pub async fn list_keys(
    search: Option<String>,
    environment: Option<Environment>,
    state: Option<KeyState>,
    after: Option<Cursor>,
) -> Result<KeyPage, AppError> {
    use crate::context::{actor, app_state, fail};
    use service::keys::PageRequest;

    let (actor, account) = actor().map_err(fail)?;
    let request = PageRequest { search, environment, state: state.unwrap_or_default(), after };
    app_state()?.keyhatch.list_keys(&actor, &account, &request).await.map_err(fail)
}
