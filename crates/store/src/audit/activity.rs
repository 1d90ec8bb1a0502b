//! The audit log of one account, as its members read it: newest first, page by page, filtered.

use crate::error::Result;
use crate::repository::AuditRepository;
use crate::search::search_term;
use crate::statements::{read, statements};
use crate::store::Store;

/// Selects rows of the audit log. `None` does not filter.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditFilter<'a> {
    /// Name of the actor, exactly.
    pub actor: Option<&'a str>,
    /// What the action is about: `keys`, `members` or `account`.
    pub group: Option<&'a str>,
    /// A key's id, or part of its present name or of its last characters. Deleted keys are found as well.
    pub key: Option<&'a str>,
    /// At or after this time, epoch milliseconds.
    pub from: Option<i64>,
    /// Before this time, epoch milliseconds.
    pub before: Option<i64>,
}

/// A row of the audit log without its place in the hash chain.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ActivityRow {
    pub seq: i64,
    /// Epoch milliseconds.
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub key_id: Option<String>,
    /// The key's present name; `None` if its row no longer exists.
    pub key_name: Option<String>,
    /// JSON.
    pub details: String,
    pub address: Option<String>,
}

statements! {
    LIST_ACTIVITY = r"SELECT a.seq, a.at, a.actor, a.action, a.key_id, k.name AS key_name, a.details, a.address
             FROM audit a LEFT JOIN keys k ON k.id = a.key_id
             WHERE a.account_id = $1 AND a.seq < $2 AND a.at >= $3 AND a.at < $4
             AND (CAST($5 AS TEXT) IS NULL OR a.actor = $5)
             AND (CAST($6 AS TEXT) IS NULL OR $6 = CASE
                WHEN a.action LIKE 'key.%' THEN 'keys'
                WHEN a.action LIKE 'member.%' OR a.action LIKE 'invitation.%' OR a.action LIKE 'session.%'
                  OR a.action LIKE 'password.%' OR a.action LIKE 'two_factor.%' THEN 'members'
                ELSE 'account' END)
             AND (CAST($7 AS TEXT) IS NULL OR a.key_id = $7 OR a.key_id IN (
                SELECT found.id FROM keys found JOIN key_secrets s ON s.key_id = found.id
                WHERE found.account_id = $1
                AND (instr(found.name_folded, $8) > 0 OR instr(LOWER(s.last_chars), $8) > 0)))
             ORDER BY a.seq DESC LIMIT $9";
    LIST_ACTORS = "SELECT DISTINCT actor FROM audit WHERE account_id = $1 ORDER BY actor LIMIT $2";
}

impl AuditRepository<&Store> {
    /// At most `limit` rows of the account, newest first, before the row `before_seq`.
    pub async fn list_activity(
        self,
        account_id: &str,
        filter: AuditFilter<'_>,
        before_seq: Option<i64>,
        limit: i64,
    ) -> Result<Vec<ActivityRow>> {
        read!(self.0, db => sqlx::query_as(LIST_ACTIVITY)
            .bind(account_id)
            .bind(before_seq.unwrap_or(i64::MAX))
            .bind(filter.from.unwrap_or(i64::MIN))
            .bind(filter.before.unwrap_or(i64::MAX))
            .bind(filter.actor)
            .bind(filter.group)
            .bind(filter.key)
            .bind(search_term(filter.key))
            .bind(limit)
            .fetch_all(db))
    }

    /// At most `limit` names of actors in the account, in alphabetical order.
    pub async fn list_actors(self, account_id: &str, limit: i64) -> Result<Vec<String>> {
        read!(self.0, db => sqlx::query_scalar(LIST_ACTORS).bind(account_id).bind(limit).fetch_all(db))
    }
}
