//! The audit: one row for each change, chained by hashes. How a hash is made and checked does not belong here.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

/// One row of the audit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// One more than the row before.
    pub seq: i64,
    /// Epoch milliseconds.
    pub at: i64,
    pub account_id: String,
    pub member_id: Option<String>,
    /// Who did it, readable after the member is gone.
    pub actor: String,
    pub action: String,
    pub key_id: Option<String>,
    /// JSON.
    pub details: String,
    /// From where, if it came over the network.
    pub address: Option<String>,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

statements! {
    INSERT = "INSERT INTO audit (seq, at, account_id, member_id, actor, action, key_id, details, address, \
              previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
    LIST = "SELECT seq, at, account_id, member_id, actor, action, key_id, details, address, previous_hash, hash \
            FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2";
    LIST_OF_KEY = "SELECT seq, at, account_id, member_id, actor, action, key_id, details, address, previous_hash, hash \
                   FROM audit WHERE key_id = $1 AND account_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4";
}

impl Store {
    /// At most `limit` rows from `from_seq` on, oldest first.
    pub async fn list_audit(&self, from_seq: i64, limit: i64) -> Result<Vec<AuditRow>> {
        read!(self, db => sqlx::query_as(LIST).bind(from_seq).bind(limit).fetch_all(db))
    }

    /// At most `limit` rows about a key of an account, those before `before_seq`, newest first.
    pub async fn list_audit_of_key(
        &self,
        account_id: &str,
        key_id: &str,
        before_seq: i64,
        limit: i64,
    ) -> Result<Vec<AuditRow>> {
        read!(self, db => sqlx::query_as(LIST_OF_KEY)
            .bind(key_id)
            .bind(account_id)
            .bind(before_seq)
            .bind(limit)
            .fetch_all(db))
    }
}

impl Tx {
    /// The end of the chain: `seq` and `hash` of the last row. No other transaction can add one before this one ends.
    pub async fn last_audit(&mut self) -> Result<Option<(i64, Vec<u8>)>> {
        write!(self, db => sqlx::query_as(LAST).fetch_optional(db))
    }

    /// # Errors
    /// `Conflict` if the number is taken.
    pub async fn insert_audit(&mut self, row: &AuditRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(row.seq)
                .bind(row.at)
                .bind(&row.account_id)
                .bind(&row.member_id)
                .bind(&row.actor)
                .bind(&row.action)
                .bind(&row.key_id)
                .bind(&row.details)
                .bind(&row.address)
                .bind(&row.previous_hash)
                .bind(&row.hash)
        )
        .map(drop)
        .map_err(|error| error.about("audit row"))
    }
}
