//! Invitations: links by which a person becomes a member. Rows may have expired: the caller compares the times.

use crate::error::Result;
use crate::repository::InvitationRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// An invitation. Only the hash of its link's token is stored. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationRow {
    pub id: String,
    pub account_id: String,
    /// Lower-case.
    pub email: String,
    /// `owner`, `admin` or `viewer`.
    pub role: String,
    pub token_hash: Vec<u8>,
    /// `open`, `accepted` or `deleted`.
    pub state: String,
    pub created_at: i64,
    /// Name of the inviting actor, as in the audit log.
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
    LIST_OPEN = "SELECT id, account_id, email, role, token_hash, state, created_at, created_by, expires_at \
                 FROM invitations WHERE account_id = $1 AND state = 'open' AND expires_at > $2 ORDER BY email";
    ACCEPT = "UPDATE invitations SET state = 'accepted' WHERE id = $1 AND state = 'open'";
    DELETE = "UPDATE invitations SET state = 'deleted' WHERE id = $1 AND state = 'open'";
    DELETE_BY_EMAIL = "UPDATE invitations SET state = 'deleted' \
                       WHERE account_id = $1 AND email = $2 AND state = 'open'";
    DELETE_EXPIRED = "DELETE FROM invitations WHERE expires_at < $1";
}

impl InvitationRepository<&Store> {
    pub async fn find_by_token(self, token_hash: &[u8]) -> Result<Option<InvitationRow>> {
        read!(self.0, db => sqlx::query_as(FIND_BY_TOKEN).bind(token_hash).fetch_optional(db))
    }

    /// The invitations of the account that are open at `now`, ordered by email.
    pub async fn list_open(self, account_id: &str, now: i64) -> Result<Vec<InvitationRow>> {
        read!(self.0, db => sqlx::query_as(LIST_OPEN).bind(account_id).bind(now).fetch_all(db))
    }
}

impl InvitationRepository<&mut Tx> {
    /// # Errors
    /// `Conflict("invitation")` if the account has an open one for this email; `Conflict` if the account is missing.
    pub async fn insert(self, row: &InvitationRow) -> Result<()> {
        execute_in!(
            self.0,
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
        .map_err(|error| error.naming("invitation"))
    }

    pub async fn find(self, id: &str) -> Result<Option<InvitationRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(id).fetch_optional(db))
    }

    pub async fn find_by_token(self, token_hash: &[u8]) -> Result<Option<InvitationRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND_BY_TOKEN).bind(token_hash).fetch_optional(db))
    }

    /// Marks an open invitation as accepted. Returns false if it was not open.
    pub async fn accept(self, id: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(ACCEPT).bind(id))? > 0)
    }

    /// Marks an open invitation as deleted; its row stays, so that its link can say why it no longer works. Returns
    /// false if it was not open.
    pub async fn delete(self, id: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(DELETE).bind(id))? > 0)
    }

    /// As [`Self::delete`], the open invitation of the account for this email.
    pub async fn delete_by_email(self, account_id: &str, email: &str) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(DELETE_BY_EMAIL).bind(account_id).bind(email))? > 0)
    }

    /// Removes the rows that expired before `at`. Returns their number.
    pub async fn delete_expired(self, at: i64) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_EXPIRED).bind(at))
    }
}
