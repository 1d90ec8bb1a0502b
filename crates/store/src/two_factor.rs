//! Second factors: sealed secrets and hashes of recovery codes.

use crate::error::Result;
use crate::repository::TwoFactorRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A member's second factor. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TwoFactorRow {
    pub member_id: String,
    /// Encrypted with a key that is not in the database.
    pub sealed_secret: Vec<u8>,
    pub created_at: i64,
    /// `None` until the member has entered a first code.
    pub confirmed_at: Option<i64>,
    /// The newest 30-second step of which a code was accepted; 0 before the first.
    pub last_step: i64,
}

statements! {
    FIND = "SELECT member_id, sealed_secret, created_at, confirmed_at, last_step FROM two_factors WHERE member_id = $1";
    UPSERT = "INSERT INTO two_factors (member_id, sealed_secret, created_at, confirmed_at, last_step) \
              VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member_id) DO UPDATE SET \
              sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, \
              confirmed_at = excluded.confirmed_at, last_step = excluded.last_step";
    CONSUME_STEP = "UPDATE two_factors SET last_step = $2 WHERE member_id = $1 AND last_step < $2";
    DELETE = "DELETE FROM two_factors WHERE member_id = $1";
    INSERT_RECOVERY_CODE = "INSERT INTO recovery_codes (member_id, hash) VALUES ($1, $2)";
    COUNT_RECOVERY_CODES = "SELECT COUNT(*) AS total FROM recovery_codes WHERE member_id = $1";
    CONSUME_RECOVERY_CODE = "DELETE FROM recovery_codes WHERE member_id = $1 AND hash = $2";
    DELETE_RECOVERY_CODES = "DELETE FROM recovery_codes WHERE member_id = $1";
}

impl TwoFactorRepository<&Store> {
    pub async fn find(self, member_id: &str) -> Result<Option<TwoFactorRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(member_id).fetch_optional(db))
    }

    /// How many recovery codes are left.
    pub async fn count_recovery_codes(self, member_id: &str) -> Result<i64> {
        read!(self.0, db => sqlx::query_scalar(COUNT_RECOVERY_CODES).bind(member_id).fetch_one(db))
    }
}

impl TwoFactorRepository<&mut Tx> {
    pub async fn find(self, member_id: &str) -> Result<Option<TwoFactorRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(member_id).fetch_optional(db))
    }

    /// Inserts a second factor or replaces the member's present one.
    pub async fn upsert(self, row: &TwoFactorRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(UPSERT)
                .bind(&row.member_id)
                .bind(&row.sealed_secret)
                .bind(row.created_at)
                .bind(row.confirmed_at)
                .bind(row.last_step)
        )
        .map(drop)
    }

    /// Records that a code of this step was accepted. Returns false if this step or a later one was accepted before.
    pub async fn consume_step(self, member_id: &str, step: i64) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(CONSUME_STEP).bind(member_id).bind(step))? > 0)
    }

    /// Deletes the second factor and its recovery codes. Returns false if there is none.
    pub async fn delete(self, member_id: &str) -> Result<bool> {
        execute_in!(self.0, sqlx::query(DELETE_RECOVERY_CODES).bind(member_id))?;
        Ok(execute_in!(self.0, sqlx::query(DELETE).bind(member_id))? > 0)
    }

    /// Replaces all recovery codes of the member.
    pub async fn replace_recovery_codes(self, member_id: &str, hashes: &[Vec<u8>]) -> Result<()> {
        execute_in!(self.0, sqlx::query(DELETE_RECOVERY_CODES).bind(member_id))?;
        for hash in hashes {
            execute_in!(self.0, sqlx::query(INSERT_RECOVERY_CODE).bind(member_id).bind(hash))?;
        }
        Ok(())
    }

    /// Deletes a recovery code. Returns false if there is none.
    pub async fn consume_recovery_code(self, member_id: &str, hash: &[u8]) -> Result<bool> {
        Ok(execute_in!(self.0, sqlx::query(CONSUME_RECOVERY_CODE).bind(member_id).bind(hash))? > 0)
    }
}
