//! Accounts: who owns keys.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// An account; with a parent it is a sub-account.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountRow {
    pub id: String,
    pub parent_id: Option<String>,
    pub name: String,
    /// Epoch milliseconds.
    pub created_at: i64,
}

statements! {
    INSERT = "INSERT INTO accounts (id, parent_id, name, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT id, parent_id, name, created_at FROM accounts WHERE id = $1";
    COUNT = "SELECT COUNT(*) AS total FROM accounts";
}

impl Store {
    pub async fn find_account(&self, id: &str) -> Result<Option<AccountRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    pub async fn count_accounts(&self) -> Result<i64> {
        read!(self, db => sqlx::query_scalar(COUNT).fetch_one(db))
    }
}

impl Tx {
    /// # Errors
    /// `Conflict` if the id is taken or the parent is missing.
    pub async fn insert_account(&mut self, row: &AccountRow) -> Result<()> {
        execute!(self, sqlx::query(INSERT).bind(&row.id).bind(&row.parent_id).bind(&row.name).bind(row.created_at))
            .map(drop)
            .map_err(|error| error.about("account"))
    }

    /// The same as on the store, but sees this transaction and is exact until its end: for what may happen only once.
    pub async fn count_accounts(&mut self) -> Result<i64> {
        write!(self, db => sqlx::query_scalar(COUNT).fetch_one(db))
    }
}
