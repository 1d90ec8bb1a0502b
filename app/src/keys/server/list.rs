//! `POST /api/console/keys/list`: searching, filtering and paging.

use crate::AppError;
use crate::wire::JsonProtocol;
use domain::key::Environment;
use domain::views::{KeyCursor, KeyPage, KeyState};
use leptos::prelude::*;

/// A page of the open account's keys.
#[server(prefix = "/api/console", endpoint = "keys/list", protocol = JsonProtocol)]
pub async fn list_keys(
    search: Option<String>,
    environment: Option<Environment>,
    state: Option<KeyState>,
    after: Option<KeyCursor>,
) -> Result<KeyPage, AppError> {
    use crate::context::{actor, app_state, fail};
    use service::keys::PageRequest;

    let (actor, account) = actor().map_err(fail)?;
    let request =
        PageRequest { search, environment, state: state.unwrap_or_default(), after, ..PageRequest::default() };
    app_state()?.keyhatch.keys().list(&actor, &account, &request).await.map_err(fail)
}
