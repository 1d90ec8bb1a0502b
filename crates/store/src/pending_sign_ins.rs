//! Pending sign-ins: the password was right, the second factor is still missing.

use crate::error::Result;
use crate::repository::PendingSignInRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A pending sign-in. Only the hash of its token is stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PendingSignInRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    /// Epoch milliseconds.
    pub expires_at: i64,
    /// How many wrong codes were entered.
    pub failed_attempts: i64,
}

statements! {
    INSERT = "INSERT INTO pending_sign_ins (token_hash, member_id, expires_at, failed_attempts) \
              VALUES ($1, $2, $3, $4)";
    FIND = "SELECT token_hash, member_id, expires_at, failed_attempts FROM pending_sign_ins WHERE token_hash = $1";
    INCREMENT_FAILED_ATTEMPTS = "UPDATE pending_sign_ins SET failed_attempts = failed_attempts + 1 \
                                 WHERE token_hash = $1";
    DELETE = "DELETE FROM pending_sign_ins WHERE token_hash = $1";
    DELETE_BY_MEMBER = "DELETE FROM pending_sign_ins WHERE member_id = $1";
    DELETE_EXPIRED = "DELETE FROM pending_sign_ins WHERE expires_at <= $1";
}

impl PendingSignInRepository<&Store> {
    pub async fn find(self, token_hash: &[u8]) -> Result<Option<PendingSignInRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }
}

impl PendingSignInRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the token is taken or the member is missing.
    pub async fn insert(self, row: &PendingSignInRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT)
                .bind(&row.token_hash)
                .bind(&row.member_id)
                .bind(row.expires_at)
                .bind(row.failed_attempts)
        )
        .map(drop)
        .map_err(|error| error.naming("pending sign-in"))
    }

    pub async fn find(self, token_hash: &[u8]) -> Result<Option<PendingSignInRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }

    /// Counts a wrong code.
    pub async fn increment_failed_attempts(self, token_hash: &[u8]) -> Result<()> {
        execute_in!(self.0, sqlx::query(INCREMENT_FAILED_ATTEMPTS).bind(token_hash)).map(drop)
    }

    /// Returns false if there is none.
    pub async fn delete(self, token_hash: &[u8]) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(DELETE).bind(token_hash))? > 0)
    }

    pub async fn delete_by_member(self, member_id: &str) -> Result<()> {
        execute_in!(self.0, sqlx::query(DELETE_BY_MEMBER).bind(member_id)).map(drop)
    }

    /// Deletes what has expired at `now`. Returns the number of deleted rows.
    pub async fn delete_expired(self, now: i64) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_EXPIRED).bind(now))
    }
}
