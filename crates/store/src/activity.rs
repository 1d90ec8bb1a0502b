//! The audit as an account's members read it: newest first, a page at a time, narrowed. Chaining rows and checking the
//! chain belong to `audit`; what a row says is for `service`.

use crate::search::sought;
use crate::statements::{read, statements};
use crate::{Result, Store};

/// What the rows of a page have in common. What is `None` is not asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActivityFilter<'a> {
    /// Who did it, exactly.
    pub actor: Option<&'a str>,
    /// `keys`, `members` or `account`: what the action is about.
    pub group: Option<&'a str>,
    /// A key's id, or part of the name that it has now, or its last characters. Deleted keys are found as well.
    pub key: Option<&'a str>,
    /// Not before this moment, epoch milliseconds.
    pub from: Option<i64>,
    /// Before this moment, epoch milliseconds.
    pub before: Option<i64>,
}

/// A row of the audit without its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ActivityRow {
    pub seq: i64,
    /// Epoch milliseconds.
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub key_id: Option<String>,
    /// The name that the key has now; none if it is gone.
    pub key_name: Option<String>,
    /// JSON.
    pub details: String,
    pub address: Option<String>,
}

statements! {
    LIST = r"SELECT a.seq, a.at, a.actor, a.action, a.key_id, k.name AS key_name, a.details, a.address
             FROM audit a LEFT JOIN keys k ON k.id = a.key_id
             WHERE a.account_id = $1 AND a.seq < $2 AND a.at >= $3 AND a.at < $4
             AND (CAST($5 AS TEXT) IS NULL OR a.actor = $5)
             AND (CAST($6 AS TEXT) IS NULL OR $6 = CASE
                WHEN a.action LIKE 'key.%' THEN 'keys'
                WHEN a.action LIKE 'member.%' OR a.action LIKE 'session.%' OR a.action LIKE 'password.%'
                  OR a.action LIKE 'two-factor.%' THEN 'members'
                ELSE 'account' END)
             AND (CAST($7 AS TEXT) IS NULL OR a.key_id = $7 OR a.key_id IN (
                SELECT found.id FROM keys found JOIN key_secrets s ON s.key_id = found.id
                WHERE found.account_id = $1
                AND (instr(found.name_folded, $8) > 0 OR instr(LOWER(s.last_chars), $8) > 0)))
             ORDER BY a.seq DESC LIMIT $9";
    ACTORS = "SELECT DISTINCT actor FROM audit WHERE account_id = $1 ORDER BY actor LIMIT $2";
}

impl Store {
    /// At most `limit` rows of the account, newest first, before the row `before_seq`.
    pub async fn list_activity(
        &self,
        account_id: &str,
        filter: ActivityFilter<'_>,
        before_seq: Option<i64>,
        limit: i64,
    ) -> Result<Vec<ActivityRow>> {
        read!(self, db => sqlx::query_as(LIST)
            .bind(account_id)
            .bind(before_seq.unwrap_or(i64::MAX))
            .bind(filter.from.unwrap_or(i64::MIN))
            .bind(filter.before.unwrap_or(i64::MAX))
            .bind(filter.actor)
            .bind(filter.group)
            .bind(filter.key)
            .bind(sought(filter.key))
            .bind(limit)
            .fetch_all(db))
    }

    /// At most `limit` of those who did something in the account, in the order of their names.
    pub async fn list_activity_actors(&self, account_id: &str, limit: i64) -> Result<Vec<String>> {
        read!(self, db => sqlx::query_scalar(ACTORS).bind(account_id).bind(limit).fetch_all(db))
    }
}
