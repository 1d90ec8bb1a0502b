//! Lists of keys: pages for management, changes for caches.

use super::rows::{KeyFilter, KeyRow, KeyStateFilter};
use crate::error::Result;
use crate::repository::KeyRepository;
use crate::search::search_term;
use crate::statements::{query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// A page of keys in one state. Each state has its own statement, so that each uses its own index. The subquery finds the
/// page, where possible from the index alone; only the keys of the page are joined with the other tables.
macro_rules! list_keys {
    ($state:literal) => {
        select_keys!(
            r"WHERE k.id IN (SELECT p.id FROM keys p
             WHERE p.account_id = $1 AND (p.created_at, p.id) < ($2, $3)
             AND (instr(p.name_folded, $4) > 0 OR instr(p.last_chars_folded, $4) > 0)
             AND (CAST($6 AS TEXT) IS NULL OR p.environment = $6) AND ",
            $state,
            " ORDER BY p.created_at DESC, p.id DESC LIMIT $5) ORDER BY k.created_at DESC, k.id DESC"
        )
    };
}

statements! {
    // The last parameter is a time. The statements that need none take it as well, so that all have the same parameters.
    LIST = list_keys!("p.deleted_at IS NULL AND CAST($7 AS BIGINT) IS NOT NULL");
    LIST_DISABLED = list_keys!("p.deleted_at IS NULL AND p.enabled = FALSE AND CAST($7 AS BIGINT) IS NOT NULL");
    LIST_EXPIRED = list_keys!("p.deleted_at IS NULL AND p.expires_at <= $7");
    LIST_DELETED = list_keys!("p.deleted_at > $7");
    // Whole generations only: a page that ended inside a generation would lose the rest of it.
    LIST_CHANGED_AFTER = "SELECT s.public_id, k.generation FROM keys k JOIN key_secrets s ON s.key_id = k.id \
                          WHERE k.generation > $1 AND k.generation <= (SELECT MAX(next.generation) FROM \
                          (SELECT generation FROM keys WHERE generation > $1 ORDER BY generation LIMIT $2) AS next) \
                          ORDER BY k.generation, s.public_id";
    LIST_DELETED_AT_GENERATION = "SELECT s.public_id FROM key_secrets s JOIN keys k ON k.id = s.key_id \
                                  WHERE k.generation = $1 AND k.deleted_at IS NOT NULL ORDER BY s.public_id";
}

impl KeyRepository<&Store> {
    /// At most `limit` keys of the account, newest first; deleted keys only if the filter asks for them. `after` is
    /// `created_at` and `id` of the last key of the page before.
    pub async fn list(
        self,
        account_id: &str,
        filter: KeyFilter<'_>,
        after: Option<(i64, &str)>,
        limit: i64,
    ) -> Result<Vec<KeyRow>> {
        // Later than all keys, so that the first page uses the same statement and index.
        let (created_at, id) = after.unwrap_or((i64::MAX, ""));
        let (statement, time) = match filter.state {
            KeyStateFilter::NotDeleted => (LIST, 0),
            KeyStateFilter::Disabled => (LIST_DISABLED, 0),
            KeyStateFilter::ExpiredAt(now) => (LIST_EXPIRED, now),
            KeyStateFilter::DeletedAfter(time) => (LIST_DELETED, time),
        };
        read!(self.0, db => sqlx::query_as(statement)
            .bind(account_id)
            .bind(created_at)
            .bind(id)
            .bind(search_term(filter.search))
            .bind(limit)
            .bind(filter.environment)
            .bind(time)
            .fetch_all(db))
    }

    /// Public id and generation of every secret whose key changed after `generation`, in order, deleted keys included.
    /// About `limit` keys, but never part of a generation: continue after the last one until the list is empty.
    pub async fn list_changed_after(self, generation: i64, limit: i64) -> Result<Vec<(String, i64)>> {
        read!(self.0, db => sqlx::query_as(LIST_CHANGED_AFTER).bind(generation).bind(limit).fetch_all(db))
    }
}

impl KeyRepository<&mut Tx> {
    /// The public ids of all keys that were deleted at this generation.
    pub async fn list_deleted_at_generation(self, generation: i64) -> Result<Vec<String>> {
        query_in!(self.0, db => sqlx::query_scalar(LIST_DELETED_AT_GENERATION).bind(generation).fetch_all(db))
    }
}
