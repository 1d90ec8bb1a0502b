//! Accounts as JSON.

use domain::views::{AccountPage, AccountView};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::timestamp;

/// An account. With a parent it is a sub-account.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub(crate) struct AccountDto {
    /// Its id.
    #[schema(example = "acc_4fT9sQ2mXa8rJ0kV")]
    id: String,
    /// The parent account.
    parent: Option<String>,
    /// Its name.
    name: String,
    /// When it was created, RFC 3339, UTC.
    created_at: String,
    /// How many keys it has.
    keys: usize,
}

/// A page of accounts, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = Accounts)]
pub(crate) struct AccountListDto {
    /// The accounts of this page.
    accounts: Vec<AccountDto>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
}

/// The page to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// The `next` of the previous page.
    pub after: Option<String>,
}

impl From<AccountView> for AccountDto {
    fn from(view: AccountView) -> Self {
        Self {
            id: view.id,
            parent: view.parent,
            name: view.name,
            created_at: timestamp::format_timestamp(view.created_at),
            keys: view.keys,
        }
    }
}

impl From<AccountPage> for AccountListDto {
    fn from(page: AccountPage) -> Self {
        Self {
            accounts: page.accounts.into_iter().map(AccountDto::from).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
        }
    }
}
