//! Operator tokens, for programs that manage accounts and keys.

use crate::statements::{execute, read, statements};
use crate::{Result, Store, Tx};

/// A token. Only its keyed hash is stored. Times are epoch milliseconds.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub hash: Vec<u8>,
    /// The end of the token, which is shown.
    pub last_chars: String,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
}

// The keyed hash does not belong in a log.
impl std::fmt::Debug for TokenRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenRow").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

statements! {
    INSERT = "INSERT INTO tokens (id, name, hash, last_chars, created_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_BY_HASH = "SELECT id, name, hash, last_chars, created_at, revoked_at FROM tokens WHERE hash = $1";
    LIST = "SELECT id, name, hash, last_chars, created_at, revoked_at FROM tokens ORDER BY created_at, id";
    REVOKE = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
}

impl Store {
    /// Revoked ones too: the reader must look at `revoked_at`.
    pub async fn find_token(&self, hash: &[u8]) -> Result<Option<TokenRow>> {
        read!(self, db => sqlx::query_as(FIND_BY_HASH).bind(hash).fetch_optional(db))
    }

    pub async fn list_tokens(&self) -> Result<Vec<TokenRow>> {
        read!(self, db => sqlx::query_as(LIST).fetch_all(db))
    }
}

impl Tx {
    /// # Errors
    /// `Conflict` if the id is taken.
    pub async fn insert_token(&mut self, row: &TokenRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&row.id)
                .bind(&row.name)
                .bind(&row.hash)
                .bind(&row.last_chars)
                .bind(row.created_at)
                .bind(row.revoked_at)
        )
        .map(drop)
        .map_err(|error| error.about("token"))
    }

    /// Whether there was one that was not revoked.
    pub async fn revoke_token(&mut self, id: &str, at: i64) -> Result<bool> {
        execute!(self, sqlx::query(REVOKE).bind(id).bind(at)).map(|rows| rows > 0)
    }
}
