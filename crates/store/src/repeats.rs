//! What a creation made, for whoever asks for the same one again.

use crate::statements::{execute, statements, write};
use crate::{Result, Tx};

/// A creation that was done. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RepeatRow {
    /// Who asked.
    pub asker: String,
    /// What the asker called this creation.
    pub repeat_key: String,
    /// A hash of what was asked for.
    pub request: Vec<u8>,
    /// The id of what was made.
    pub made: String,
    /// Epoch milliseconds.
    pub created_at: i64,
}

statements! {
    INSERT = "INSERT INTO repeats (asker, repeat_key, request, made, created_at) VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT asker, repeat_key, request, made, created_at FROM repeats WHERE asker = $1 AND repeat_key = $2";
    DELETE_BEFORE = "DELETE FROM repeats WHERE created_at < $1";
}

impl Tx {
    /// As it stays until the transaction ends.
    pub async fn find_repeat(&mut self, asker: &str, repeat_key: &str) -> Result<Option<RepeatRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(asker).bind(repeat_key).fetch_optional(db))
    }

    /// # Errors
    /// `Conflict` if the asker used this name before.
    pub async fn insert_repeat(&mut self, row: &RepeatRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&row.asker)
                .bind(&row.repeat_key)
                .bind(&row.request)
                .bind(&row.made)
                .bind(row.created_at)
        )
        .map(drop)
        .map_err(|error| error.about("repeat"))
    }

    /// Answers how many there were.
    pub async fn delete_repeats_before(&mut self, at: i64) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_BEFORE).bind(at))
    }
}
