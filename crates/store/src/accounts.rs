//! Accounts and their sub-accounts.

use crate::error::Result;
use crate::repository::AccountRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// An account; a sub-account has a parent. Deleted accounts are not found.
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
pub struct AccountSummaryRow {
    pub id: String,
    pub parent_id: Option<String>,
    pub name: String,
    /// Epoch milliseconds.
    pub created_at: i64,
    /// Number of its keys that are not deleted.
    pub keys: i64,
}

macro_rules! select_summaries {
    ($tail:expr) => {
        concat!(
            "SELECT a.id, a.parent_id, a.name, a.created_at, \
             (SELECT COUNT(*) FROM keys k WHERE k.account_id = a.id AND k.deleted_at IS NULL) AS keys \
             FROM accounts a WHERE a.deleted_at IS NULL ",
            $tail
        )
    };
}

statements! {
    INSERT = "INSERT INTO accounts (id, parent_id, name, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT id, parent_id, name, created_at FROM accounts WHERE id = $1 AND deleted_at IS NULL";
    COUNT = "SELECT COUNT(*) AS total FROM accounts";
    FIND_SUMMARY = select_summaries!("AND a.id = $1");
    LIST = select_summaries!("AND (a.created_at, a.id) < ($1, $2) ORDER BY a.created_at DESC, a.id DESC LIMIT $3");
    LIST_CHILDREN = select_summaries!(
        "AND (a.created_at, a.id) < ($1, $2) AND a.parent_id = $4 ORDER BY a.created_at DESC, a.id DESC LIMIT $3"
    );
    LIST_NEWEST_CHILDREN = "SELECT id, parent_id, name, created_at FROM accounts \
                            WHERE parent_id = $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2";
    LIST_CHILD_IDS = "SELECT id FROM accounts WHERE parent_id = $1 AND deleted_at IS NULL ORDER BY id";
    UPDATE_NAME = "UPDATE accounts SET name = $2 WHERE id = $1 AND deleted_at IS NULL";
    DELETE = "UPDATE accounts SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    DELETE_MEMBERS = "DELETE FROM members WHERE account_id = $1";
    DELETE_INVITATIONS = "UPDATE invitations SET state = 'deleted' WHERE account_id = $1 AND state = 'open'";
    LEAVE_SESSIONS = "UPDATE sessions SET open_account_id = NULL WHERE open_account_id = $1";
    TWO_FACTOR_REQUIRED_FROM = "SELECT two_factor_required_from FROM accounts WHERE id = $1 AND deleted_at IS NULL";
    UPDATE_TWO_FACTOR_REQUIRED_FROM = "UPDATE accounts SET two_factor_required_from = $2 \
                                       WHERE id = $1 AND deleted_at IS NULL";
}

impl AccountRepository<&Store> {
    pub async fn find(self, id: &str) -> Result<Option<AccountRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// Deleted accounts included.
    pub async fn count(self) -> Result<i64> {
        read!(self.0, db => sqlx::query_scalar(COUNT).fetch_one(db))
    }

    pub async fn find_summary(self, id: &str) -> Result<Option<AccountSummaryRow>> {
        read!(self.0, db => sqlx::query_as(FIND_SUMMARY).bind(id).fetch_optional(db))
    }

    /// At most `limit` accounts, newest first: the direct children of `parent`, or all accounts. `after` is
    /// `created_at` and `id` of the last account of the page before.
    pub async fn list(
        self,
        parent: Option<&str>,
        after: Option<(i64, &str)>,
        limit: i64,
    ) -> Result<Vec<AccountSummaryRow>> {
        let (at, id) = after.unwrap_or((i64::MAX, ""));
        match parent {
            None => read!(self.0, db => sqlx::query_as(LIST).bind(at).bind(id).bind(limit).fetch_all(db)),
            Some(parent) => read!(self.0, db => sqlx::query_as(LIST_CHILDREN)
                .bind(at)
                .bind(id)
                .bind(limit)
                .bind(parent)
                .fetch_all(db)),
        }
    }

    /// At most `limit` direct children of `parent`, newest first, without a count of their keys.
    pub async fn list_newest_children(self, parent: &str, limit: i64) -> Result<Vec<AccountRow>> {
        read!(self.0, db => sqlx::query_as(LIST_NEWEST_CHILDREN).bind(parent).bind(limit).fetch_all(db))
    }

    /// From when the account requires a second factor of its members, epoch milliseconds; `Some(None)` if it does not,
    /// `None` if there is no such account.
    pub async fn two_factor_required_from(self, id: &str) -> Result<Option<Option<i64>>> {
        read!(self.0, db => sqlx::query_scalar(TWO_FACTOR_REQUIRED_FROM).bind(id).fetch_optional(db))
    }
}

impl AccountRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the id is taken or the parent is missing.
    pub async fn insert(self, row: &AccountRow) -> Result<()> {
        execute_in!(self.0, sqlx::query(INSERT).bind(&row.id).bind(&row.parent_id).bind(&row.name).bind(row.created_at))
            .map(drop)
            .map_err(|error| error.naming("account"))
    }

    /// Deleted accounts included.
    pub async fn count(self) -> Result<i64> {
        query_in!(self.0, db => sqlx::query_scalar(COUNT).fetch_one(db))
    }

    pub async fn find(self, id: &str) -> Result<Option<AccountRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// The ids of its direct children.
    pub async fn list_child_ids(self, id: &str) -> Result<Vec<String>> {
        query_in!(self.0, db => sqlx::query_scalar(LIST_CHILD_IDS).bind(id).fetch_all(db))
    }

    /// Returns false if there is no such account.
    pub async fn update_name(self, id: &str, name: &str) -> Result<bool> {
        execute_in!(self.0, sqlx::query(UPDATE_NAME).bind(id).bind(name)).map(|rows| rows > 0)
    }

    /// Marks an account as deleted. Also deletes its members with their sessions and its open invitations, and leaves it
    /// in every session that has it open. Its keys are not touched. Returns false if there is no such account.
    pub async fn delete(self, id: &str, at: i64) -> Result<bool> {
        if execute_in!(self.0, sqlx::query(DELETE).bind(id).bind(at))? == 0 {
            return Ok(false);
        }
        execute_in!(self.0, sqlx::query(DELETE_MEMBERS).bind(id))?;
        execute_in!(self.0, sqlx::query(DELETE_INVITATIONS).bind(id))?;
        execute_in!(self.0, sqlx::query(LEAVE_SESSIONS).bind(id))?;
        Ok(true)
    }

    /// From when the account requires a second factor of its members, epoch milliseconds; `Some(None)` if it does not,
    /// `None` if there is no such account.
    pub async fn two_factor_required_from(self, id: &str) -> Result<Option<Option<i64>>> {
        query_in!(self.0, db => sqlx::query_scalar(TWO_FACTOR_REQUIRED_FROM).bind(id).fetch_optional(db))
    }

    /// Requires a second factor from a time on, epoch milliseconds, or with `None` no longer. Returns false if there is
    /// no such account.
    pub async fn update_two_factor_required_from(self, id: &str, from: Option<i64>) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(UPDATE_TWO_FACTOR_REQUIRED_FROM).bind(id).bind(from))? > 0)
    }
}
