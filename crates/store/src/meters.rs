//! What was handed out of each limit of a key. What a limit is, and who counts what was handed out, belongs to others.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

statements! {
    // An older window than the row's, of a node whose clock is behind, counts in the row's.
    TAKE = "INSERT INTO meters (key_id, meter, period, used, granted) \
            VALUES ($1, $2, $3, \
            CASE WHEN CAST($4 AS BIGINT) < CAST($5 AS BIGINT) THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END, \
            CASE WHEN CAST($4 AS BIGINT) < CAST($5 AS BIGINT) THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END) \
            ON CONFLICT (key_id, meter) DO UPDATE SET \
            period = CASE WHEN excluded.period > meters.period THEN excluded.period ELSE meters.period END, \
            used = CASE WHEN excluded.period > meters.period THEN excluded.used \
                        WHEN meters.used >= $5 THEN meters.used \
                        WHEN meters.used + $4 < $5 THEN meters.used + $4 ELSE $5 END, \
            granted = CASE WHEN excluded.period > meters.period THEN excluded.used \
                           WHEN meters.used >= $5 THEN 0 \
                           WHEN meters.used + $4 < $5 THEN $4 ELSE $5 - meters.used END \
            RETURNING period, used, granted";
    GIVE_BACK = "UPDATE meters SET used = used - $4 WHERE key_id = $1 AND meter = $2 AND period = $3 AND used >= $4";
    LIST = "SELECT meter, period, used, granted FROM meters WHERE key_id = $1 ORDER BY meter";
}

/// Some of a limit that a node wants to hand out.
#[derive(Clone, Copy, Debug)]
pub struct MeterWish<'a> {
    pub key_id: &'a str,
    pub meter: &'a str,
    /// When the window began.
    pub period: i64,
    /// How much is wanted; less is given where less is left.
    pub wanted: i64,
    /// How much the window has.
    pub limit: i64,
}

/// What was taken of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MeterGrant {
    /// The window for which it was taken; later than the wished one if another node's clock is ahead.
    pub period: i64,
    /// What everybody took of it so far.
    pub used: i64,
    /// What is given now.
    pub granted: i64,
}

/// A limit's row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MeterRow {
    pub meter: String,
    pub period: i64,
    pub used: i64,
    pub granted: i64,
}

impl Tx {
    /// Takes what is wished or what is left.
    pub async fn take_of_meter(&mut self, wish: &MeterWish<'_>) -> Result<MeterGrant> {
        write!(self, db => sqlx::query_as(TAKE)
            .bind(wish.key_id)
            .bind(wish.meter)
            .bind(wish.period)
            .bind(wish.wanted)
            .bind(wish.limit)
            .fetch_one(db))
    }

    /// Gives back what was taken and not used, if the window is still the newest.
    pub async fn give_back_to_meter(&mut self, key_id: &str, meter: &str, period: i64, unused: i64) -> Result<()> {
        execute!(self, sqlx::query(GIVE_BACK).bind(key_id).bind(meter).bind(period).bind(unused)).map(drop)
    }
}

impl Store {
    /// The key's limits of which something was taken once.
    pub async fn list_meters(&self, key_id: &str) -> Result<Vec<MeterRow>> {
        read!(self, db => sqlx::query_as(LIST).bind(key_id).fetch_all(db))
    }
}
