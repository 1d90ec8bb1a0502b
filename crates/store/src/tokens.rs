//! Operator tokens, for programs that manage accounts and keys.

use crate::error::Result;
use crate::repository::TokenRepository;
use crate::statements::{execute_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// An operator token. Only its keyed hash is stored. Times are epoch milliseconds.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub hash: Vec<u8>,
    /// The end of the token, which is displayed.
    pub last_chars: String,
    pub created_at: i64,
    pub deleted_at: Option<i64>,
}

// The keyed hash does not belong in a log.
impl std::fmt::Debug for TokenRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenRow").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

statements! {
    INSERT = "INSERT INTO tokens (id, name, hash, last_chars, created_at, deleted_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_BY_HASH = "SELECT id, name, hash, last_chars, created_at, deleted_at FROM tokens WHERE hash = $1";
    LIST = "SELECT id, name, hash, last_chars, created_at, deleted_at FROM tokens ORDER BY created_at, id";
    DELETE = "UPDATE tokens SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL";
}

impl TokenRepository<&Store> {
    /// Deleted tokens included: check `deleted_at`.
    pub async fn find_by_hash(self, hash: &[u8]) -> Result<Option<TokenRow>> {
        read!(self.0, db => sqlx::query_as(FIND_BY_HASH).bind(hash).fetch_optional(db))
    }

    /// Deleted tokens included, oldest first.
    pub async fn list(self) -> Result<Vec<TokenRow>> {
        read!(self.0, db => sqlx::query_as(LIST).fetch_all(db))
    }
}

impl TokenRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the id is taken.
    pub async fn insert(self, row: &TokenRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT)
                .bind(&row.id)
                .bind(&row.name)
                .bind(&row.hash)
                .bind(&row.last_chars)
                .bind(row.created_at)
                .bind(row.deleted_at)
        )
        .map(drop)
        .map_err(|error| error.naming("token"))
    }

    /// Marks a token as deleted. Returns false if there is none that is not deleted.
    pub async fn delete(self, id: &str, at: i64) -> Result<bool> {
        execute_in!(self.0, sqlx::query(DELETE).bind(id).bind(at)).map(|rows| rows > 0)
    }
}
