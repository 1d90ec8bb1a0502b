//! `GET /accounts/{account}/keys`.

use axum::Json as Written;
use domain::key::Environment;
use serde::{Deserialize, Serialize};
use service::keys::PageRequest;
use utoipa::{IntoParams, ToSchema};

use super::shape::{Key, State};
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Path, Query};
use crate::{Api, page};

/// Which keys.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Part of a name, or the last characters of a key.
    search: Option<String>,
    /// Only keys of this environment.
    #[param(inline)]
    environment: Option<Environment>,
    /// Those that are not deleted (`active`, which is meant if nothing is said), of them the `disabled` or `expired`
    /// ones, or those that were `deleted` in the last 30 days.
    #[param(inline)]
    state: Option<State>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Keys, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyList {
    /// The page.
    keys: Vec<Key>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
    /// How many keys the account has, whatever was searched for.
    total: usize,
}

/// The keys of an account, newest first. A key sees those of accounts below its own.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/keys", tag = "Keys", operation_id = "list_keys",
    params(("account" = String, Path, description = "The account's id"), Which),
    responses((status = 200, body = KeyList), Refusals))]
pub(crate) async fn list(
    axum::extract::State(api): axum::extract::State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    Query(which): Query<Which>,
) -> Answer<Written<KeyList>> {
    let request = PageRequest {
        search: which.search,
        environment: which.environment,
        state: which.state.map(Into::into).unwrap_or_default(),
        after: page::cursor(which.after.as_deref())?,
    };
    let page = api.keyhatch.keys().list(&actor, &account, &request).await.map_err(of)?;
    Ok(Written(KeyList {
        keys: page.keys.into_iter().map(|view| Key::of(view, &account, api.keyhatch.now())).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        total: page.total,
    }))
}
