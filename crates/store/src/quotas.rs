//! How much of each limit of a key is reserved. Nodes reserve some in advance and count calls against it in memory; that
//! counting, and what a limit means, do not belong here.

use crate::error::Result;
use crate::repository::QuotaRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

statements! {
    // A node whose clock is behind asks for an earlier period than the row's; it reserves from the row's period.
    RESERVE = "INSERT INTO quotas (key_id, meter, period, used, granted) \
               VALUES ($1, $2, $3, \
               CASE WHEN CAST($4 AS BIGINT) < CAST($5 AS BIGINT) THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END, \
               CASE WHEN CAST($4 AS BIGINT) < CAST($5 AS BIGINT) THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END) \
               ON CONFLICT (key_id, meter) DO UPDATE SET \
               period = CASE WHEN excluded.period > quotas.period THEN excluded.period ELSE quotas.period END, \
               used = CASE WHEN excluded.period > quotas.period THEN excluded.used \
                           WHEN quotas.used >= $5 THEN quotas.used \
                           WHEN quotas.used + $4 < $5 THEN quotas.used + $4 ELSE $5 END, \
               granted = CASE WHEN excluded.period > quotas.period THEN excluded.used \
                              WHEN quotas.used >= $5 THEN 0 \
                              WHEN quotas.used + $4 < $5 THEN $4 ELSE $5 - quotas.used END \
               RETURNING period, used, granted";
    RELEASE = "UPDATE quotas SET used = used - $4 WHERE key_id = $1 AND meter = $2 AND period = $3 AND used >= $4";
    LIST_BY_KEY = "SELECT meter, period, used, granted FROM quotas WHERE key_id = $1 ORDER BY meter";
}

/// A request to reserve some of a limit.
#[derive(Clone, Copy, Debug)]
pub struct QuotaRequest<'a> {
    pub key_id: &'a str,
    /// Which limit of the key, such as `minute` or `uses`.
    pub meter: &'a str,
    /// Start of the period, epoch milliseconds.
    pub period: i64,
    /// How much is wanted; less is granted where less is left.
    pub wanted: i64,
    /// The limit of one period.
    pub limit: i64,
}

/// What was reserved of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuotaGrant {
    /// The period it was reserved in; later than the requested one if another node's clock is ahead.
    pub period: i64,
    /// What all nodes together have reserved in the period.
    pub used: i64,
    /// What this request reserved.
    pub granted: i64,
}

/// What is reserved of one limit of a key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuotaRow {
    pub meter: String,
    pub period: i64,
    pub used: i64,
    /// What the last request reserved.
    pub granted: i64,
}

impl QuotaRepository<&mut Tx> {
    /// Reserves what is wanted, or what is left.
    pub async fn reserve(self, request: &QuotaRequest<'_>) -> Result<QuotaGrant> {
        query_in!(self.0, db => sqlx::query_as(RESERVE)
            .bind(request.key_id)
            .bind(request.meter)
            .bind(request.period)
            .bind(request.wanted)
            .bind(request.limit)
            .fetch_one(db))
    }

    /// Returns what was reserved and not used, if the period is still the newest.
    pub async fn release(self, key_id: &str, meter: &str, period: i64, unused: i64) -> Result<()> {
        execute_in!(self.0, sqlx::query(RELEASE).bind(key_id).bind(meter).bind(period).bind(unused)).map(drop)
    }
}

impl QuotaRepository<&Store> {
    /// The limits of the key of which something was ever reserved.
    pub async fn list_by_key(self, key_id: &str) -> Result<Vec<QuotaRow>> {
        read!(self.0, db => sqlx::query_as(LIST_BY_KEY).bind(key_id).fetch_all(db))
    }
}
