//! Members: people who may sign in to an account's console.

use crate::statements::{execute, read, statements, write};
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

/// A member as a list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberListRow {
    pub id: String,
    pub email: String,
    pub role: String,
    /// Epoch milliseconds.
    pub created_at: i64,
    /// Epoch milliseconds; `None` for one who never signed in.
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
    COUNT_OF_ROLE = "SELECT COUNT(*) AS total FROM members WHERE account_id = $1 AND role = $2";
    SET_ROLE = "UPDATE members SET role = $2 WHERE id = $1";
    SET_PASSWORD = "UPDATE members SET password_hash = $2 WHERE id = $1";
    SIGNED_IN = "UPDATE members SET last_sign_in_at = $2 WHERE id = $1";
    DELETE = "DELETE FROM members WHERE id = $1";
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

impl Store {
    /// Ordered by email.
    pub async fn list_members(&self, account_id: &str) -> Result<Vec<MemberListRow>> {
        read!(self, db => sqlx::query_as(LIST).bind(account_id).fetch_all(db))
    }
}

impl Tx {
    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn find_member(&mut self, id: &str) -> Result<Option<MemberRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn find_member_by_email(&mut self, email: &str) -> Result<Option<MemberRow>> {
        write!(self, db => sqlx::query_as(FIND_BY_EMAIL).bind(email).fetch_optional(db))
    }

    /// How many members of the account have this role: exact until the end of this transaction.
    pub async fn count_members(&mut self, account_id: &str, role: &str) -> Result<i64> {
        write!(self, db => sqlx::query_scalar(COUNT_OF_ROLE).bind(account_id).bind(role).fetch_one(db))
    }

    /// Whether there is such a member.
    pub async fn set_role(&mut self, id: &str, role: &str) -> Result<bool> {
        Ok(execute!(self, sqlx::query(SET_ROLE).bind(id).bind(role))? > 0)
    }

    /// Whether there is such a member.
    pub async fn set_password(&mut self, id: &str, password_hash: &str) -> Result<bool> {
        Ok(execute!(self, sqlx::query(SET_PASSWORD).bind(id).bind(password_hash))? > 0)
    }

    /// Notes when the member signed in last.
    pub async fn note_sign_in(&mut self, id: &str, at: i64) -> Result<()> {
        execute!(self, sqlx::query(SIGNED_IN).bind(id).bind(at)).map(drop)
    }

    /// Also ends the member's sessions and forgets the second factor. Whether there was one.
    pub async fn delete_member(&mut self, id: &str) -> Result<bool> {
        Ok(execute!(self, sqlx::query(DELETE).bind(id))? > 0)
    }

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
