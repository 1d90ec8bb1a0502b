//! One-time links for a new password. Rows may have expired: the caller compares the times.

use crate::error::Result;
use crate::repository::PasswordResetRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A link. Only the hash of its token is stored. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PasswordResetRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    pub created_at: i64,
    pub expires_at: i64,
}

statements! {
    INSERT = "INSERT INTO password_resets (token_hash, member_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT token_hash, member_id, created_at, expires_at FROM password_resets WHERE token_hash = $1";
    COUNT_OPEN = "SELECT COUNT(*) AS total FROM password_resets WHERE member_id = $1 AND expires_at > $2";
    DELETE_BY_MEMBER = "DELETE FROM password_resets WHERE member_id = $1";
    DELETE_EXPIRED = "DELETE FROM password_resets WHERE expires_at <= $1";
}

impl PasswordResetRepository<&Store> {
    pub async fn find(self, token_hash: &[u8]) -> Result<Option<PasswordResetRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }
}

impl PasswordResetRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the token is taken or the member is missing.
    pub async fn insert(self, row: &PasswordResetRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT).bind(&row.token_hash).bind(&row.member_id).bind(row.created_at).bind(row.expires_at)
        )
        .map(drop)
        .map_err(|error| error.naming("password reset"))
    }

    pub async fn find(self, token_hash: &[u8]) -> Result<Option<PasswordResetRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }

    /// How many links of the member have not expired at `now`.
    pub async fn count_open(self, member_id: &str, now: i64) -> Result<i64> {
        query_in!(self.0, db => sqlx::query_scalar(COUNT_OPEN).bind(member_id).bind(now).fetch_one(db))
    }

    pub async fn delete_by_member(self, member_id: &str) -> Result<()> {
        execute_in!(self.0, sqlx::query(DELETE_BY_MEMBER).bind(member_id)).map(drop)
    }

    /// Deletes what has expired at `now`. Returns the number of deleted rows.
    pub async fn delete_expired(self, now: i64) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_EXPIRED).bind(now))
    }
}
