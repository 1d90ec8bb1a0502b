//! `/accounts`: accounts and those below them.

use axum::Json as Written;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::views::{AccountPage, AccountView};
use http::StatusCode;
use http::header::LOCATION;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problems::{Answer, Refusals, of};
use super::read::{By, Json, Path, Query};
use super::{Api, PREFIX, page, times};

/// An account. With a parent it is a sub-account.
#[derive(Serialize, ToSchema)]
pub(super) struct Account {
    /// Its id.
    #[schema(example = "acc_4fT9sQ2mXa8rJ0kV")]
    id: String,
    /// The account above it.
    parent: Option<String>,
    /// Its name.
    name: String,
    /// When it was made, RFC 3339, UTC.
    created_at: String,
    /// How many keys it has.
    keys: usize,
}

/// Accounts, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Accounts {
    /// The page.
    accounts: Vec<Account>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
}

/// What to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccount {
    /// 1 to 64 characters.
    #[schema(example = "Acme", min_length = 1)]
    name: String,
    /// The account above it; none makes a main account.
    #[serde(default)]
    parent: Option<String>,
}

/// What to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountName {
    /// 1 to 64 characters.
    #[schema(min_length = 1)]
    name: String,
}

/// What closing an account did.
#[derive(Serialize, ToSchema)]
pub(super) struct Closed {
    /// How many keys were deleted.
    deleted_keys: u64,
}

/// Where in a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// The `next` of the page before.
    after: Option<String>,
}

impl From<AccountView> for Account {
    fn from(view: AccountView) -> Self {
        Self {
            id: view.id,
            parent: view.parent,
            name: view.name,
            created_at: times::written(view.created_at),
            keys: view.keys,
        }
    }
}

impl From<AccountPage> for Accounts {
    fn from(page: AccountPage) -> Self {
        Self {
            accounts: page.accounts.into_iter().map(Account::from).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
        }
    }
}

/// All accounts, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "Accounts", operation_id = "list_accounts", params(Page),
    responses((status = 200, body = Accounts), Refusals))]
pub(super) async fn list(State(api): State<Api>, By(actor): By, Query(page): Query<Page>) -> Answer<Written<Accounts>> {
    let after = page::cursor(page.after.as_deref())?;
    api.keyhatch.accounts().list(&actor, after.as_ref()).await.map(|page| Written(page.into())).map_err(of)
}

/// Make an account, or a sub-account. For operator tokens.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "Accounts", operation_id = "create_account", request_body = NewAccount,
    responses((status = 201, body = Account, headers(("Location" = String))), Refusals))]
pub(super) async fn create(
    State(api): State<Api>,
    By(actor): By,
    Json { value, .. }: Json<NewAccount>,
) -> Answer<impl IntoResponse> {
    let id = api.keyhatch.accounts().create(&actor, &value.name, value.parent.as_deref()).await.map_err(of)?;
    let made = api.keyhatch.accounts().find(&actor, &id).await.map_err(of)?;
    let location = format!("{PREFIX}/accounts/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, location)], Written(Account::from(made))))
}

/// One account. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "read_account",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = Account), Refusals))]
pub(super) async fn read(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
) -> Answer<Written<Account>> {
    api.keyhatch.accounts().find(&actor, &account).await.map(|view| Written(view.into())).map_err(of)
}

/// Rename an account. For operator tokens.
#[utoipa::path(patch, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "rename_account", request_body = AccountName,
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = Account), Refusals))]
pub(super) async fn rename(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    Json { value, .. }: Json<AccountName>,
) -> Answer<Written<Account>> {
    api.keyhatch.accounts().update(&actor, &account, &value.name).await.map_err(of)?;
    api.keyhatch.accounts().find(&actor, &account).await.map(|view| Written(view.into())).map_err(of)
}

/// Close an account and all below it, for good: their keys are deleted and their members removed. For operator tokens.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "close_account",
    params(("account" = String, Path, description = "The account's id")),
    responses((status = 200, body = Closed), Refusals))]
pub(super) async fn close(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
) -> Answer<Written<Closed>> {
    let deleted_keys = api.keyhatch.accounts().delete(&actor, &account).await.map_err(of)?;
    Ok(Written(Closed { deleted_keys }))
}

/// The accounts directly below one, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/sub-accounts", tag = "Accounts", operation_id = "list_sub_accounts",
    params(("account" = String, Path, description = "The account's id"), Page),
    responses((status = 200, body = Accounts), Refusals))]
pub(super) async fn list_below(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    Query(page): Query<Page>,
) -> Answer<Written<Accounts>> {
    let after = page::cursor(page.after.as_deref())?;
    let found = api.keyhatch.accounts().list_sub_accounts(&actor, &account, after.as_ref()).await;
    found.map(|page| Written(page.into())).map_err(of)
}
