//! Lists of keys: pages for the console, changes for caches, deleted ones for the ledger.

use super::{KeyFilter, KeyRow, StateFilter};
use crate::search::sought;
use crate::statements::{read, statements};
use crate::{Result, Store};

/// A page of keys in one state. Each state is a statement of its own, so that each has its index. The page is found
/// first, in the index alone where there is one for it; only its keys are then joined with what is shown of them.
macro_rules! list_keys {
    ($state:literal) => {
        select_keys!(
            r"WHERE k.id IN (SELECT p.id FROM keys p
             WHERE p.account_id = $1 AND (p.created_at, p.id) < ($2, $3)
             AND (instr(p.name_folded, $4) > 0 OR instr(p.last_folded, $4) > 0)
             AND (CAST($6 AS TEXT) IS NULL OR p.environment = $6) AND ",
            $state,
            " ORDER BY p.created_at DESC, p.id DESC LIMIT $5) ORDER BY k.created_at DESC, k.id DESC"
        )
    };
}

statements! {
    // The last parameter is a time for those that need one; all four take the same.
    LIST = list_keys!("p.deleted_at IS NULL AND CAST($7 AS BIGINT) IS NOT NULL");
    LIST_DISABLED = list_keys!("p.deleted_at IS NULL AND p.enabled = FALSE AND CAST($7 AS BIGINT) IS NOT NULL");
    LIST_EXPIRED = list_keys!("p.deleted_at IS NULL AND p.expires_at <= $7");
    LIST_DELETED_SINCE = list_keys!("p.deleted_at > $7");
    // Whole generations only: a page that ended inside one would lose its rest.
    LIST_PUBLIC_IDS = "SELECT public_id FROM key_secrets WHERE public_id > $1 ORDER BY public_id LIMIT $2";
    LIST_CHANGED = "SELECT s.public_id, k.generation FROM keys k JOIN key_secrets s ON s.key_id = k.id \
                    WHERE k.generation > $1 AND k.generation <= (SELECT MAX(next.generation) FROM \
                    (SELECT generation FROM keys WHERE generation > $1 ORDER BY generation LIMIT $2) AS next) \
                    ORDER BY k.generation, s.public_id";
    // CROSS: or SQLite, which does not reorder it, would walk through all secrets to find the few deleted keys.
    LIST_DELETED = "SELECT s.public_id FROM keys k CROSS JOIN key_secrets s \
                    WHERE s.key_id = k.id AND k.deleted_at IS NOT NULL";
}

impl Store {
    /// At most `limit` keys of the account, newest first; deleted ones only if they are asked for.
    ///
    /// `after` is `created_at` and `id` of the last key of the page before.
    pub async fn list_keys(
        &self,
        account_id: &str,
        filter: KeyFilter<'_>,
        after: Option<(i64, &str)>,
        limit: i64,
    ) -> Result<Vec<KeyRow>> {
        // Later than all, so that the first page is the same statement and uses the index as well.
        let (created_at, id) = after.unwrap_or((i64::MAX, ""));
        let (statement, time) = match filter.state {
            StateFilter::Kept => (LIST, 0),
            StateFilter::Disabled => (LIST_DISABLED, 0),
            StateFilter::ExpiredAt(now) => (LIST_EXPIRED, now),
            StateFilter::DeletedAfter(time) => (LIST_DELETED_SINCE, time),
        };
        read!(self, db => sqlx::query_as(statement)
            .bind(account_id)
            .bind(created_at)
            .bind(id)
            .bind(sought(filter.search))
            .bind(limit)
            .bind(filter.environment)
            .bind(time)
            .fetch_all(db))
    }

    /// Public id and generation of every secret whose key changed after `generation`, in order, deleted keys included.
    /// About `limit` keys, never part of a generation: go on from the last one until nothing comes.
    pub async fn list_keys_changed_after(&self, generation: i64, limit: i64) -> Result<Vec<(String, i64)>> {
        read!(self, db => sqlx::query_as(LIST_CHANGED).bind(generation).bind(limit).fetch_all(db))
    }

    /// At most `limit` public ids of secrets, those of deleted keys included, in order; go on after the last one.
    pub async fn list_public_ids(&self, after: &str, limit: i64) -> Result<Vec<String>> {
        read!(self, db => sqlx::query_scalar(LIST_PUBLIC_IDS).bind(after).bind(limit).fetch_all(db))
    }

    /// The public ids of all deleted keys' secrets, in no order.
    pub async fn list_deleted_public_ids(&self) -> Result<Vec<String>> {
        read!(self, db => sqlx::query_scalar(LIST_DELETED).fetch_all(db))
    }
}
