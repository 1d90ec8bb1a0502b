//! Second factors: sealed secrets, hashes of recovery codes, and which accounts ask for them.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// A member's second factor. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TwoFactorRow {
    pub member_id: String,
    /// Opened by a key that is not in the database.
    pub sealed_secret: Vec<u8>,
    pub created_at: i64,
    /// `None` until the member has shown a first code.
    pub confirmed_at: Option<i64>,
    /// The newest step of 30 seconds of which a code was accepted; 0 before the first.
    pub last_step: i64,
}

statements! {
    FIND = "SELECT member_id, sealed_secret, created_at, confirmed_at, last_step FROM two_factors WHERE member_id = $1";
    PUT = "INSERT INTO two_factors (member_id, sealed_secret, created_at, confirmed_at, last_step) \
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member_id) DO UPDATE SET \
           sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, \
           confirmed_at = excluded.confirmed_at, last_step = excluded.last_step";
    TAKE_STEP = "UPDATE two_factors SET last_step = $2 WHERE member_id = $1 AND last_step < $2";
    DELETE = "DELETE FROM two_factors WHERE member_id = $1";
    INSERT_CODE = "INSERT INTO recovery_codes (member_id, hash) VALUES ($1, $2)";
    COUNT_CODES = "SELECT COUNT(*) AS total FROM recovery_codes WHERE member_id = $1";
    TAKE_CODE = "DELETE FROM recovery_codes WHERE member_id = $1 AND hash = $2";
    DELETE_CODES = "DELETE FROM recovery_codes WHERE member_id = $1";
    REQUIRES = "SELECT requires_two_factor FROM accounts WHERE id = $1 AND closed_at IS NULL";
    SET_REQUIRES = "UPDATE accounts SET requires_two_factor = $2 WHERE id = $1 AND closed_at IS NULL";
}

impl Store {
    pub async fn find_two_factor(&self, member_id: &str) -> Result<Option<TwoFactorRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(member_id).fetch_optional(db))
    }

    /// How many recovery codes are left.
    pub async fn count_recovery_codes(&self, member_id: &str) -> Result<i64> {
        read!(self, db => sqlx::query_scalar(COUNT_CODES).bind(member_id).fetch_one(db))
    }

    /// Whether the account asks its members for codes; `None` if there is no such account.
    pub async fn requires_two_factor(&self, account_id: &str) -> Result<Option<bool>> {
        read!(self, db => sqlx::query_scalar(REQUIRES).bind(account_id).fetch_optional(db))
    }
}

impl Tx {
    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn find_two_factor(&mut self, member_id: &str) -> Result<Option<TwoFactorRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(member_id).fetch_optional(db))
    }

    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn requires_two_factor(&mut self, account_id: &str) -> Result<Option<bool>> {
        write!(self, db => sqlx::query_scalar(REQUIRES).bind(account_id).fetch_optional(db))
    }

    /// Writes the second factor in place of one that may be there.
    pub async fn put_two_factor(&mut self, row: &TwoFactorRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(PUT)
                .bind(&row.member_id)
                .bind(&row.sealed_secret)
                .bind(row.created_at)
                .bind(row.confirmed_at)
                .bind(row.last_step)
        )
        .map(drop)
    }

    /// Notes that a code of this step was accepted. False if one of this step or a later one was before.
    pub async fn take_step(&mut self, member_id: &str, step: i64) -> Result<bool> {
        Ok(execute!(self, sqlx::query(TAKE_STEP).bind(member_id).bind(step))? > 0)
    }

    /// Forgets the second factor and its recovery codes. Whether there was one.
    pub async fn delete_two_factor(&mut self, member_id: &str) -> Result<bool> {
        execute!(self, sqlx::query(DELETE_CODES).bind(member_id))?;
        Ok(execute!(self, sqlx::query(DELETE).bind(member_id))? > 0)
    }

    /// Puts these recovery codes in place of all that the member had.
    pub async fn replace_recovery_codes(&mut self, member_id: &str, hashes: &[Vec<u8>]) -> Result<()> {
        execute!(self, sqlx::query(DELETE_CODES).bind(member_id))?;
        for hash in hashes {
            execute!(self, sqlx::query(INSERT_CODE).bind(member_id).bind(hash))?;
        }
        Ok(())
    }

    /// Uses a recovery code up. Whether it was there.
    pub async fn take_recovery_code(&mut self, member_id: &str, hash: &[u8]) -> Result<bool> {
        Ok(execute!(self, sqlx::query(TAKE_CODE).bind(member_id).bind(hash))? > 0)
    }

    /// Whether there is such an account.
    pub async fn set_requires_two_factor(&mut self, account_id: &str, required: bool) -> Result<bool> {
        Ok(execute!(self, sqlx::query(SET_REQUIRES).bind(account_id).bind(required))? > 0)
    }
}
