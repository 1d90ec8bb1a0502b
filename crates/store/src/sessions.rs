//! Sessions of signed-in members. Rows may have expired: the caller compares the times.

use crate::error::Result;
use crate::repository::SessionRepository;
use crate::statements::{execute_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A session. Only the hash of its token is stored. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    /// The client's address at sign-in.
    pub address: String,
}

/// A session with its member and account, as each request needs it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionContextRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    pub address: String,
    pub account_id: String,
    pub email: String,
    pub role: String,
    /// The member's language, as a code; `None` for that of the browser.
    pub language: Option<String>,
    pub account_name: String,
    /// The sub-account that is open in the session, unless it was deleted meanwhile.
    pub open_account_id: Option<String>,
    pub open_account_name: Option<String>,
    /// The member's own account has sub-accounts.
    pub has_sub_accounts: bool,
    /// From when the account requires the second factor that the member has not set up; `None` if nothing is missing.
    pub two_factor_due_at: Option<i64>,
}

statements! {
    INSERT = "INSERT INTO sessions (token_hash, member_id, created_at, last_seen_at, expires_at, address) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT s.token_hash, s.member_id, s.created_at, s.last_seen_at, s.expires_at, s.address, \
            m.account_id, m.email, m.role, m.language, a.name AS account_name, \
            o.id AS open_account_id, o.name AS open_account_name, \
            CASE WHEN NOT EXISTS (SELECT 1 FROM two_factors t WHERE t.member_id = m.id AND t.confirmed_at IS NOT NULL) \
            THEN a.two_factor_required_from END AS two_factor_due_at, \
            EXISTS (SELECT 1 FROM accounts c WHERE c.parent_id = a.id AND c.deleted_at IS NULL) AS has_sub_accounts \
            FROM sessions s JOIN members m ON m.id = s.member_id JOIN accounts a ON a.id = m.account_id \
            LEFT JOIN accounts o ON o.id = s.open_account_id AND o.deleted_at IS NULL \
            WHERE s.token_hash = $1 AND a.deleted_at IS NULL";
    LIST_BY_MEMBER = "SELECT token_hash, member_id, created_at, last_seen_at, expires_at, address FROM sessions \
                      WHERE member_id = $1 ORDER BY last_seen_at DESC, created_at DESC";
    COUNT_FROM_ADDRESS = "SELECT COUNT(*) AS total FROM sessions \
                          WHERE member_id = $1 AND address = $2 AND created_at >= $3";
    UPDATE_OPEN_ACCOUNT = "UPDATE sessions SET open_account_id = $2 WHERE token_hash = $1";
    UPDATE_LAST_SEEN = "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2";
    DELETE = "DELETE FROM sessions WHERE token_hash = $1";
    DELETE_BY_MEMBER = "DELETE FROM sessions WHERE member_id = $1";
    DELETE_OTHERS = "DELETE FROM sessions WHERE member_id = $1 AND token_hash <> $2";
    DELETE_EXPIRED = "DELETE FROM sessions WHERE last_seen_at < $1 OR expires_at <= $2";
}

impl SessionRepository<&Store> {
    pub async fn find(self, token_hash: &[u8]) -> Result<Option<SessionContextRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }

    /// The sessions of a member, most recently used first, expired ones included.
    pub async fn list_by_member(self, member_id: &str) -> Result<Vec<SessionRow>> {
        read!(self.0, db => sqlx::query_as(LIST_BY_MEMBER).bind(member_id).fetch_all(db))
    }

    /// Whether the member has a session that began at this address at or after `since`.
    pub async fn exists_from_address(self, member_id: &str, address: &str, since: i64) -> Result<bool> {
        let count: i64 = read!(self.0, db => sqlx::query_scalar(COUNT_FROM_ADDRESS)
            .bind(member_id)
            .bind(address)
            .bind(since)
            .fetch_one(db))?;
        Ok(count > 0)
    }
}

impl SessionRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the token is taken or the member is missing.
    pub async fn insert(self, row: &SessionRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT)
                .bind(&row.token_hash)
                .bind(&row.member_id)
                .bind(row.created_at)
                .bind(row.last_seen_at)
                .bind(row.expires_at)
                .bind(&row.address)
        )
        .map(drop)
        .map_err(|error| error.naming("session"))
    }

    /// Advances the time of last use, never backwards. Returns false if it did not advance.
    pub async fn update_last_seen(self, token_hash: &[u8], at: i64) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(UPDATE_LAST_SEEN).bind(token_hash).bind(at))? > 0)
    }

    /// Opens a sub-account in the session, or with `None` the member's own account. Returns false if there is no such
    /// session.
    pub async fn update_open_account(self, token_hash: &[u8], account_id: Option<&str>) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(UPDATE_OPEN_ACCOUNT).bind(token_hash).bind(account_id))? > 0)
    }

    /// Returns false if there is none.
    pub async fn delete(self, token_hash: &[u8]) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(DELETE).bind(token_hash))? > 0)
    }

    /// Returns the number of deleted rows.
    pub async fn delete_by_member(self, member_id: &str) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_BY_MEMBER).bind(member_id))
    }

    /// Deletes all sessions of the member except this one. Returns the number of deleted rows.
    pub async fn delete_others(self, member_id: &str, token_hash: &[u8]) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_OTHERS).bind(member_id).bind(token_hash))
    }

    /// Deletes what was last used before `idle_before` or has expired at `now`. Returns the number of deleted rows.
    pub async fn delete_expired(self, idle_before: i64, now: i64) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_EXPIRED).bind(idle_before).bind(now))
    }
}
