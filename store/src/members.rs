//! Members: people who may sign in to an account's console.

use crate::statements::{execute, read, statements};
use crate::{Result, Store, Tx};

/// A member. `email` is lower-case and unique over all accounts.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    pub id: String,
    pub account_id: String,
    pub email: String,
    pub password_hash: String,
    /// `owner`, `admin` or `viewer`.
    pub role: String,
    /// Epoch milliseconds.
    pub created_at: i64,
}

// A password hash does not belong in a log.
impl std::fmt::Debug for MemberRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberRow")
            .field("id", &self.id)
            .field("account_id", &self.account_id)
            .field("email", &self.email)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

statements! {
    INSERT = "INSERT INTO members (id, account_id, email, password_hash, role, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT id, account_id, email, password_hash, role, created_at FROM members WHERE id = $1";
    FIND_BY_EMAIL = "SELECT id, account_id, email, password_hash, role, created_at FROM members \
                     WHERE email = $1";
}

impl Store {
    pub async fn find_member(&self, id: &str) -> Result<Option<MemberRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// `email` as it is stored: lower-case.
    pub async fn find_member_by_email(&self, email: &str) -> Result<Option<MemberRow>> {
        read!(self, db => sqlx::query_as(FIND_BY_EMAIL).bind(email).fetch_optional(db))
    }
}

impl Tx {
    /// # Errors
    /// `Conflict("member")` if the email is taken; `Conflict` if the account is missing.
    pub async fn insert_member(&mut self, row: &MemberRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&row.id)
                .bind(&row.account_id)
                .bind(&row.email)
                .bind(&row.password_hash)
                .bind(&row.role)
                .bind(row.created_at)
        )
        .map(drop)
        .map_err(|error| error.about("member"))
    }
}
