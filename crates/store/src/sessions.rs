//! Sessions: who is signed in. When one is over is decided by whoever reads it.

use crate::statements::{execute, read, statements};
use crate::{Result, Store, Tx};

/// A session. The token itself is never stored, only its hash. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    /// From where the member signed in.
    pub address: String,
}

/// A session with its member and account, as each request needs it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionView {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    pub address: String,
    pub account_id: String,
    pub email: String,
    pub role: String,
    pub account_name: String,
    /// The sub-account that is open in it, unless that was closed meanwhile.
    pub open_account_id: Option<String>,
    pub open_account_name: Option<String>,
    /// There are accounts below the member's own.
    pub has_sub_accounts: bool,
    /// The account asks for two-factor codes and the member has not set them up.
    pub owes_two_factor: bool,
}

statements! {
    INSERT = "INSERT INTO sessions (token_hash, member_id, created_at, last_seen_at, expires_at, address) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT s.token_hash, s.member_id, s.created_at, s.last_seen_at, s.expires_at, s.address, \
            m.account_id, m.email, m.role, a.name AS account_name, \
            o.id AS open_account_id, o.name AS open_account_name, \
            (a.requires_two_factor AND NOT EXISTS (SELECT 1 FROM two_factors t \
             WHERE t.member_id = m.id AND t.confirmed_at IS NOT NULL)) AS owes_two_factor, \
            EXISTS (SELECT 1 FROM accounts c WHERE c.parent_id = a.id AND c.closed_at IS NULL) AS has_sub_accounts \
            FROM sessions s JOIN members m ON m.id = s.member_id JOIN accounts a ON a.id = m.account_id \
            LEFT JOIN accounts o ON o.id = s.open_account_id AND o.closed_at IS NULL \
            WHERE s.token_hash = $1 AND a.closed_at IS NULL";
    OPEN_ACCOUNT = "UPDATE sessions SET open_account_id = $2 WHERE token_hash = $1";
    LIST_OF = "SELECT token_hash, member_id, created_at, last_seen_at, expires_at, address FROM sessions \
               WHERE member_id = $1 ORDER BY last_seen_at DESC, created_at DESC";
    HAS_FROM = "SELECT COUNT(*) AS total FROM sessions WHERE member_id = $1 AND address = $2 AND created_at >= $3";
    TOUCH = "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2";
    DELETE = "DELETE FROM sessions WHERE token_hash = $1";
    DELETE_OF = "DELETE FROM sessions WHERE member_id = $1";
    DELETE_OTHERS = "DELETE FROM sessions WHERE member_id = $1 AND token_hash <> $2";
    DELETE_BEFORE = "DELETE FROM sessions WHERE last_seen_at < $1 OR expires_at <= $2";
}

impl Store {
    pub async fn find_session(&self, token_hash: &[u8]) -> Result<Option<SessionView>> {
        read!(self, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }

    /// The sessions of a member, the one used last first; some may be over.
    pub async fn list_sessions(&self, member_id: &str) -> Result<Vec<SessionRow>> {
        read!(self, db => sqlx::query_as(LIST_OF).bind(member_id).fetch_all(db))
    }

    /// Whether a session of the member that still exists began at this address at or after `since`.
    pub async fn has_session_from(&self, member_id: &str, address: &str, since: i64) -> Result<bool> {
        let count: i64 = read!(self, db => sqlx::query_scalar(HAS_FROM)
            .bind(member_id)
            .bind(address)
            .bind(since)
            .fetch_one(db))?;
        Ok(count > 0)
    }
}

impl Tx {
    /// # Errors
    /// `Conflict` if the token is taken or the member is missing.
    pub async fn insert_session(&mut self, row: &SessionRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&row.token_hash)
                .bind(&row.member_id)
                .bind(row.created_at)
                .bind(row.last_seen_at)
                .bind(row.expires_at)
                .bind(&row.address)
        )
        .map(drop)
        .map_err(|error| error.about("session"))
    }

    /// Moves the time of last use, never backwards. Whether it moved.
    pub async fn touch_session(&mut self, token_hash: &[u8], at: i64) -> Result<bool> {
        let touched = execute!(self, sqlx::query(TOUCH).bind(token_hash).bind(at))?;
        Ok(touched > 0)
    }

    /// Opens a sub-account in the session, or the member's own account again. Whether there is such a session.
    pub async fn open_account(&mut self, token_hash: &[u8], account_id: Option<&str>) -> Result<bool> {
        execute!(self, sqlx::query(OPEN_ACCOUNT).bind(token_hash).bind(account_id)).map(|rows| rows > 0)
    }

    /// Whether there was one.
    pub async fn delete_session(&mut self, token_hash: &[u8]) -> Result<bool> {
        let deleted = execute!(self, sqlx::query(DELETE).bind(token_hash))?;
        Ok(deleted > 0)
    }

    /// Answers how many there were.
    pub async fn delete_sessions_of(&mut self, member_id: &str) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_OF).bind(member_id))
    }

    /// All sessions of the member but this one. Answers how many there were.
    pub async fn delete_other_sessions(&mut self, member_id: &str, token_hash: &[u8]) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_OTHERS).bind(member_id).bind(token_hash))
    }

    /// Removes what was last used before `idle_before` or has expired at `now`. Answers how many there were.
    pub async fn delete_sessions_before(&mut self, idle_before: i64, now: i64) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_BEFORE).bind(idle_before).bind(now))
    }
}
