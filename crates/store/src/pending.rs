//! Pending sign-ins: whoever has shown the right password and not yet a code.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// A pending sign-in. The token itself is never stored, only its hash.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PendingRow {
    pub token_hash: Vec<u8>,
    pub member_id: String,
    /// Epoch milliseconds.
    pub expires_at: i64,
    /// How many codes were shown that were wrong.
    pub tries: i64,
}

statements! {
    INSERT = "INSERT INTO pending_sign_ins (token_hash, member_id, expires_at, tries) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT token_hash, member_id, expires_at, tries FROM pending_sign_ins WHERE token_hash = $1";
    TRY = "UPDATE pending_sign_ins SET tries = tries + 1 WHERE token_hash = $1";
    DELETE = "DELETE FROM pending_sign_ins WHERE token_hash = $1";
    DELETE_OF = "DELETE FROM pending_sign_ins WHERE member_id = $1";
    DELETE_BEFORE = "DELETE FROM pending_sign_ins WHERE expires_at <= $1";
}

impl Store {
    pub async fn find_pending(&self, token_hash: &[u8]) -> Result<Option<PendingRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }
}

impl Tx {
    /// # Errors
    /// `Conflict` if the token is taken or the member is missing.
    pub async fn insert_pending(&mut self, row: &PendingRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT).bind(&row.token_hash).bind(&row.member_id).bind(row.expires_at).bind(row.tries)
        )
        .map(drop)
        .map_err(|error| error.about("pending sign-in"))
    }

    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn find_pending(&mut self, token_hash: &[u8]) -> Result<Option<PendingRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(token_hash).fetch_optional(db))
    }

    /// Counts a wrong code.
    pub async fn count_try(&mut self, token_hash: &[u8]) -> Result<()> {
        execute!(self, sqlx::query(TRY).bind(token_hash)).map(drop)
    }

    /// Whether there was one.
    pub async fn delete_pending(&mut self, token_hash: &[u8]) -> Result<bool> {
        Ok(execute!(self, sqlx::query(DELETE).bind(token_hash))? > 0)
    }

    pub async fn delete_pending_of(&mut self, member_id: &str) -> Result<()> {
        execute!(self, sqlx::query(DELETE_OF).bind(member_id)).map(drop)
    }

    /// Removes those that are over at `now`. Answers how many there were.
    pub async fn delete_pending_before(&mut self, now: i64) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_BEFORE).bind(now))
    }
}
