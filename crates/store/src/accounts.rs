//! Accounts: who owns keys, and which account is below which.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// An account; with a parent it is a sub-account. One that was closed is found no more.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountRow {
    pub id: String,
    pub parent_id: Option<String>,
    pub name: String,
    /// Epoch milliseconds.
    pub created_at: i64,
}

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountSummary {
    pub id: String,
    pub parent_id: Option<String>,
    pub name: String,
    /// Epoch milliseconds.
    pub created_at: i64,
    /// How many keys it has, without deleted ones.
    pub keys: i64,
}

macro_rules! select_summaries {
    ($tail:expr) => {
        concat!(
            "SELECT a.id, a.parent_id, a.name, a.created_at, \
             (SELECT COUNT(*) FROM keys k WHERE k.account_id = a.id AND k.deleted_at IS NULL) AS keys \
             FROM accounts a WHERE a.closed_at IS NULL ",
            $tail
        )
    };
}

statements! {
    INSERT = "INSERT INTO accounts (id, parent_id, name, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT id, parent_id, name, created_at FROM accounts WHERE id = $1 AND closed_at IS NULL";
    COUNT = "SELECT COUNT(*) AS total FROM accounts";
    FIND_SUMMARY = select_summaries!("AND a.id = $1");
    LIST = select_summaries!("AND (a.created_at, a.id) < ($1, $2) ORDER BY a.created_at DESC, a.id DESC LIMIT $3");
    LIST_BELOW = select_summaries!(
        "AND (a.created_at, a.id) < ($1, $2) AND a.parent_id = $4 ORDER BY a.created_at DESC, a.id DESC LIMIT $3"
    );
    LIST_NEWEST_BELOW = "SELECT id, parent_id, name, created_at FROM accounts \
                         WHERE parent_id = $1 AND closed_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2";
    LIST_CHILDREN = "SELECT id FROM accounts WHERE parent_id = $1 AND closed_at IS NULL ORDER BY id";
    RENAME = "UPDATE accounts SET name = $2 WHERE id = $1 AND closed_at IS NULL";
    CLOSE = "UPDATE accounts SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    DELETE_MEMBERS = "DELETE FROM members WHERE account_id = $1";
    WITHDRAW_INVITATIONS = "UPDATE invitations SET state = 'withdrawn' WHERE account_id = $1 AND state = 'open'";
    LEAVE = "UPDATE sessions SET open_account_id = NULL WHERE open_account_id = $1";
}

impl Store {
    pub async fn find_account(&self, id: &str) -> Result<Option<AccountRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    pub async fn count_accounts(&self) -> Result<i64> {
        read!(self, db => sqlx::query_scalar(COUNT).fetch_one(db))
    }

    pub async fn find_account_summary(&self, id: &str) -> Result<Option<AccountSummary>> {
        read!(self, db => sqlx::query_as(FIND_SUMMARY).bind(id).fetch_optional(db))
    }

    /// At most `limit` accounts, newest first: those directly below `parent`, or all of them. `after` is where the page
    /// before ended.
    pub async fn list_accounts(
        &self,
        parent: Option<&str>,
        after: Option<(i64, &str)>,
        limit: i64,
    ) -> Result<Vec<AccountSummary>> {
        let (at, id) = after.unwrap_or((i64::MAX, ""));
        match parent {
            None => read!(self, db => sqlx::query_as(LIST).bind(at).bind(id).bind(limit).fetch_all(db)),
            Some(parent) => {
                read!(self, db => sqlx::query_as(LIST_BELOW).bind(at).bind(id).bind(limit).bind(parent).fetch_all(db))
            }
        }
    }

    /// At most `limit` accounts directly below `parent`, newest first, without a count of their keys.
    pub async fn list_newest_accounts_below(&self, parent: &str, limit: i64) -> Result<Vec<AccountRow>> {
        read!(self, db => sqlx::query_as(LIST_NEWEST_BELOW).bind(parent).bind(limit).fetch_all(db))
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

    /// As [`Store::find_account`], and as it stays until the transaction ends.
    pub async fn find_account(&mut self, id: &str) -> Result<Option<AccountRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// The ids of the accounts directly below this one.
    pub async fn list_children(&mut self, id: &str) -> Result<Vec<String>> {
        write!(self, db => sqlx::query_scalar(LIST_CHILDREN).bind(id).fetch_all(db))
    }

    /// Whether there is such an account.
    pub async fn rename_account(&mut self, id: &str, name: &str) -> Result<bool> {
        execute!(self, sqlx::query(RENAME).bind(id).bind(name)).map(|rows| rows > 0)
    }

    /// Closes an account: it is found no more, its members and their sessions are gone, its invitations are withdrawn,
    /// and no session has it open. Its keys are not touched. Whether there was such an account.
    pub async fn close_account(&mut self, id: &str, at: i64) -> Result<bool> {
        if execute!(self, sqlx::query(CLOSE).bind(id).bind(at))? == 0 {
            return Ok(false);
        }
        execute!(self, sqlx::query(DELETE_MEMBERS).bind(id))?;
        execute!(self, sqlx::query(WITHDRAW_INVITATIONS).bind(id))?;
        execute!(self, sqlx::query(LEAVE).bind(id))?;
        Ok(true)
    }
}
