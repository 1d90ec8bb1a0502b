//! The audit log: one row for each change, chained by hashes. Computing and verifying the hashes is the service's work.

mod activity;

pub use activity::{ActivityRow, AuditFilter};

use crate::error::Result;
use crate::repository::AuditRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

pub(crate) use activity::STATEMENTS as ACTIVITY_STATEMENTS;

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Consecutive, without gaps.
    pub seq: i64,
    /// Epoch milliseconds.
    pub at: i64,
    pub account_id: String,
    pub member_id: Option<String>,
    /// Name of the actor, readable after the member is deleted.
    pub actor: String,
    pub action: String,
    pub key_id: Option<String>,
    /// JSON.
    pub details: String,
    /// The client's address, if the change came over the network.
    pub address: Option<String>,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

statements! {
    INSERT = "INSERT INTO audit (seq, at, account_id, member_id, actor, action, key_id, details, address, \
              previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    FIND_LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
    LIST = "SELECT seq, at, account_id, member_id, actor, action, key_id, details, address, previous_hash, hash \
            FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2";
    LIST_BY_KEY = "SELECT seq, at, account_id, member_id, actor, action, key_id, details, address, previous_hash, hash \
                   FROM audit WHERE key_id = $1 AND account_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4";
}

impl AuditRepository<&Store> {
    /// At most `limit` rows from `from_seq` on, oldest first.
    pub async fn list(self, from_seq: i64, limit: i64) -> Result<Vec<AuditRow>> {
        read!(self.0, db => sqlx::query_as(LIST).bind(from_seq).bind(limit).fetch_all(db))
    }

    /// At most `limit` rows about a key of an account, those before `before_seq`, newest first.
    pub async fn list_by_key(
        self,
        account_id: &str,
        key_id: &str,
        before_seq: i64,
        limit: i64,
    ) -> Result<Vec<AuditRow>> {
        read!(self.0, db => sqlx::query_as(LIST_BY_KEY)
            .bind(key_id)
            .bind(account_id)
            .bind(before_seq)
            .bind(limit)
            .fetch_all(db))
    }
}

impl AuditRepository<&mut Tx> {
    /// `seq` and `hash` of the last row: the head of the chain. No other transaction can append before this one ends.
    pub async fn find_last(self) -> Result<Option<(i64, Vec<u8>)>> {
        query_in!(self.0, db => sqlx::query_as(FIND_LAST).fetch_optional(db))
    }

    /// # Errors
    /// `Conflict` if `seq` is taken.
    pub async fn insert(self, row: &AuditRow) -> Result<()> {
        execute_in!(
            self.0,
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
        .map_err(|error| error.naming("audit row"))
    }
}
