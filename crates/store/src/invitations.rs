//! Invitations: links by which a person becomes a member. Whether one still opens anything is decided by whoever reads it.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// An invitation. The token of its link is never stored, only its hash. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationRow {
    pub id: String,
    pub account_id: String,
    /// Lower-case.
    pub email: String,
    /// `owner`, `admin` or `viewer`.
    pub role: String,
    pub token_hash: Vec<u8>,
    /// `open`, `used` or `withdrawn`.
    pub state: String,
    pub created_at: i64,
    /// Who invited, as the audit calls them.
    pub created_by: String,
    pub expires_at: i64,
}

statements! {
    INSERT = "INSERT INTO invitations (id, account_id, email, role, token_hash, state, created_at, created_by, \
              expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT id, account_id, email, role, token_hash, state, created_at, created_by, expires_at \
            FROM invitations WHERE id = $1";
    FIND_BY_TOKEN = "SELECT id, account_id, email, role, token_hash, state, created_at, created_by, expires_at \
                     FROM invitations WHERE token_hash = $1";
    LIST = "SELECT id, account_id, email, role, token_hash, state, created_at, created_by, expires_at \
            FROM invitations WHERE account_id = $1 AND state = 'open' AND expires_at > $2 ORDER BY email";
    END = "UPDATE invitations SET state = $2 WHERE id = $1 AND state = 'open'";
    WITHDRAW_FOR = "UPDATE invitations SET state = 'withdrawn' WHERE account_id = $1 AND email = $2 AND state = 'open'";
    DELETE_BEFORE = "DELETE FROM invitations WHERE expires_at < $1";
}

impl Store {
    pub async fn find_invitation_by_token(&self, token_hash: &[u8]) -> Result<Option<InvitationRow>> {
        read!(self, db => sqlx::query_as(FIND_BY_TOKEN).bind(token_hash).fetch_optional(db))
    }

    /// Those of the account that are open at `now`, ordered by email.
    pub async fn list_invitations(&self, account_id: &str, now: i64) -> Result<Vec<InvitationRow>> {
        read!(self, db => sqlx::query_as(LIST).bind(account_id).bind(now).fetch_all(db))
    }
}

impl Tx {
    /// # Errors
    /// `Conflict("invitation")` if the account has an open one for this email; `Conflict` if the account is missing.
    pub async fn insert_invitation(&mut self, row: &InvitationRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&row.id)
                .bind(&row.account_id)
                .bind(&row.email)
                .bind(&row.role)
                .bind(&row.token_hash)
                .bind(&row.state)
                .bind(row.created_at)
                .bind(&row.created_by)
                .bind(row.expires_at)
        )
        .map(drop)
        .map_err(|error| error.about("invitation"))
    }

    pub async fn find_invitation(&mut self, id: &str) -> Result<Option<InvitationRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    /// The same as on the store, but sees this transaction and is exact until its end: a link works once.
    pub async fn find_invitation_by_token(&mut self, token_hash: &[u8]) -> Result<Option<InvitationRow>> {
        write!(self, db => sqlx::query_as(FIND_BY_TOKEN).bind(token_hash).fetch_optional(db))
    }

    /// Makes an open one `used` or `withdrawn`. Whether it was open.
    pub async fn end_invitation(&mut self, id: &str, state: &str) -> Result<bool> {
        Ok(execute!(self, sqlx::query(END).bind(id).bind(state))? > 0)
    }

    /// Withdraws the open one of the account for this email, if there is one.
    pub async fn withdraw_invitation_for(&mut self, account_id: &str, email: &str) -> Result<bool> {
        Ok(execute!(self, sqlx::query(WITHDRAW_FOR).bind(account_id).bind(email))? > 0)
    }

    /// Removes those that ended before `at`. Answers how many there were.
    pub async fn delete_invitations_before(&mut self, at: i64) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_BEFORE).bind(at))
    }
}
