//! Members: people who may sign in to an account's console.

use crate::error::Result;
use crate::repository::MemberRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A member. `email` is lower-case and unique among all accounts.
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

/// A member in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberSummaryRow {
    pub id: String,
    pub email: String,
    pub role: String,
    /// Epoch milliseconds.
    pub created_at: i64,
    /// Epoch milliseconds; `None` before the first sign-in.
    pub last_sign_in_at: Option<i64>,
    pub has_two_factor: bool,
}

statements! {
    INSERT = "INSERT INTO members (id, account_id, email, password_hash, role, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT id, account_id, email, password_hash, role, created_at FROM members WHERE id = $1";
    FIND_BY_EMAIL = "SELECT id, account_id, email, password_hash, role, created_at FROM members \
                     WHERE email = $1";
    LIST = "SELECT m.id, m.email, m.role, m.created_at, m.last_sign_in_at, \
            t.confirmed_at IS NOT NULL AS has_two_factor \
            FROM members m LEFT JOIN two_factors t ON t.member_id = m.id \
            WHERE m.account_id = $1 ORDER BY m.email";
    COUNT_BY_ROLE = "SELECT COUNT(*) AS total FROM members WHERE account_id = $1 AND role = $2";
    UPDATE_ROLE = "UPDATE members SET role = $2 WHERE id = $1";
    UPDATE_PASSWORD_HASH = "UPDATE members SET password_hash = $2 WHERE id = $1";
    UPDATE_LAST_SIGN_IN = "UPDATE members SET last_sign_in_at = $2 WHERE id = $1";
    UPDATE_LANGUAGE = "UPDATE members SET language = $2 WHERE id = $1";
    DELETE = "DELETE FROM members WHERE id = $1";
}

impl MemberRepository<&Store> {
    pub async fn find(self, id: &str) -> Result<Option<MemberRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// `email` must be lower-case, as it is stored.
    pub async fn find_by_email(self, email: &str) -> Result<Option<MemberRow>> {
        read!(self.0, db => sqlx::query_as(FIND_BY_EMAIL).bind(email).fetch_optional(db))
    }

    /// Ordered by email.
    pub async fn list(self, account_id: &str) -> Result<Vec<MemberSummaryRow>> {
        read!(self.0, db => sqlx::query_as(LIST).bind(account_id).fetch_all(db))
    }
}

impl MemberRepository<&mut Tx> {
    pub async fn find(self, id: &str) -> Result<Option<MemberRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// `email` must be lower-case, as it is stored.
    pub async fn find_by_email(self, email: &str) -> Result<Option<MemberRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND_BY_EMAIL).bind(email).fetch_optional(db))
    }

    /// How many members of the account have this role.
    pub async fn count_by_role(self, account_id: &str, role: &str) -> Result<i64> {
        query_in!(self.0, db => sqlx::query_scalar(COUNT_BY_ROLE).bind(account_id).bind(role).fetch_one(db))
    }

    /// # Errors
    /// `Conflict("member")` if the email is taken; `Conflict` if the account is missing.
    pub async fn insert(self, row: &MemberRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT)
                .bind(&row.id)
                .bind(&row.account_id)
                .bind(&row.email)
                .bind(&row.password_hash)
                .bind(&row.role)
                .bind(row.created_at)
        )
        .map(drop)
        .map_err(|error| error.naming("member"))
    }

    /// Returns false if there is no such member.
    pub async fn update_role(self, id: &str, role: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(UPDATE_ROLE).bind(id).bind(role))? > 0)
    }

    /// Returns false if there is no such member.
    pub async fn update_password_hash(self, id: &str, password_hash: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(UPDATE_PASSWORD_HASH).bind(id).bind(password_hash))? > 0)
    }

    pub async fn update_last_sign_in(self, id: &str, at: i64) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPDATE_LAST_SIGN_IN).bind(id).bind(at)).map(drop)
    }

    /// The member's language, as a code; `None` for that of the browser.
    pub async fn update_language(self, id: &str, language: Option<&str>) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPDATE_LANGUAGE).bind(id).bind(language)).map(drop)
    }

    /// Deletes a member with their sessions and second factor. Returns false if there is no such member.
    pub async fn delete(self, id: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(DELETE).bind(id))? > 0)
    }
}
