//! Lists of keys: pages and counts for management, changes for caches. The statements of pages and counts are in
//! `list_statements`.

use super::list_statements::{
    COUNT, CREATED_ASCENDING, CREATED_DESCENDING, EXPIRES_ASCENDING, EXPIRES_DESCENDING, NAME_ASCENDING,
    NAME_DESCENDING, NEVER_EXPIRES, NEVER_USED, StatementOfState, USED_ASCENDING, USED_DESCENDING,
};
use super::rows::{KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow};
use crate::error::Result;
use crate::repository::KeyRepository;
use crate::search::search_term;
use crate::statements::{query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

statements! {
    // Whole generations only: a page that ended inside a generation would lose the rest of it.
    LIST_CHANGED_AFTER = "SELECT s.public_id, k.generation FROM keys k JOIN key_secrets s ON s.key_id = k.id \
                          WHERE k.generation > $1 AND k.generation <= (SELECT MAX(next.generation) FROM \
                          (SELECT generation FROM keys WHERE generation > $1 ORDER BY generation LIMIT $2) AS next) \
                          ORDER BY k.generation, s.public_id";
    LIST_DELETED_AT_GENERATION = "SELECT s.public_id FROM key_secrets s JOIN keys k ON k.id = s.key_id \
                                  WHERE k.generation = $1 AND k.deleted_at IS NOT NULL ORDER BY s.public_id";
}

/// The value and the id after which a page begins.
enum Start<'a> {
    Time(i64, &'a str),
    Name(&'a str, &'a str),
}

impl KeyRepository<&Store> {
    /// At most `limit` keys of the account; deleted keys only if the filter asks for them.
    pub async fn list(
        self,
        account_id: &str,
        filter: KeyFilter<'_>,
        order: KeyOrder<'_>,
        limit: i64,
    ) -> Result<Vec<KeyRow>> {
        let (with_time, without_time) = statements_by(order);
        let end = match order.after {
            Some((KeyOrderPosition::WithoutTime { created_at }, id)) if without_time.is_some() => {
                Some((*created_at, id))
            }
            _ => None,
        };
        let mut keys = Vec::new();
        if end.is_none() {
            let last_name = last_name(order);
            keys = list_after(self.0, with_time, account_id, filter, start(order, &last_name), limit).await?;
        }
        let rest = limit.saturating_sub(i64::try_from(keys.len()).unwrap_or(i64::MAX));
        if let Some(statement) = without_time.filter(|_| rest > 0) {
            let (created_at, id) = end.unwrap_or((i64::MAX, ""));
            let start = Start::Time(created_at, id);
            let mut others = list_after(self.0, statement, account_id, filter, start, rest).await?;
            // A key that lost its expiry between the two statements is in both.
            others.retain(|other| keys.iter().all(|key| key.id != other.id));
            keys.append(&mut others);
        }
        Ok(keys)
    }

    /// How many keys of the account match the filter.
    pub async fn count_matching(self, account_id: &str, filter: KeyFilter<'_>) -> Result<i64> {
        let (statement, time) = COUNT.of(filter.state);
        read!(self.0, db => sqlx::query_scalar(statement)
            .bind(account_id)
            .bind(search_term(filter.search))
            .bind(filter.environment)
            .bind(time)
            .fetch_one(db))
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

/// The statement for this order, and the one for the keys without a time to sort by, if there are such keys.
fn statements_by(order: KeyOrder<'_>) -> (&'static StatementOfState, Option<&'static StatementOfState>) {
    match (order.by, order.is_descending) {
        (KeyOrderBy::Created, false) => (&CREATED_ASCENDING, None),
        (KeyOrderBy::Created, true) => (&CREATED_DESCENDING, None),
        (KeyOrderBy::Name, false) => (&NAME_ASCENDING, None),
        (KeyOrderBy::Name, true) => (&NAME_DESCENDING, None),
        (KeyOrderBy::Used, false) => (&USED_ASCENDING, Some(&NEVER_USED)),
        (KeyOrderBy::Used, true) => (&USED_DESCENDING, Some(&NEVER_USED)),
        (KeyOrderBy::Expires, false) => (&EXPIRES_ASCENDING, Some(&NEVER_EXPIRES)),
        (KeyOrderBy::Expires, true) => (&EXPIRES_DESCENDING, Some(&NEVER_EXPIRES)),
    }
}

/// Where the page begins. A first page begins before all keys, so that it uses the same statement and index as the others.
fn start<'a>(order: KeyOrder<'a>, last_name: &'a str) -> Start<'a> {
    match (order.by, order.after) {
        (KeyOrderBy::Name, Some((KeyOrderPosition::Named(name), id))) => Start::Name(name, id),
        (KeyOrderBy::Name, _) => Start::Name(last_name, ""),
        (_, Some((KeyOrderPosition::At(at), id))) => Start::Time(*at, id),
        _ if order.is_descending => Start::Time(i64::MAX, ""),
        _ => Start::Time(i64::MIN, ""),
    }
}

/// A text before all names; for a descending order one after all names, which are far shorter.
fn last_name(order: KeyOrder<'_>) -> String {
    let length = if order.by == KeyOrderBy::Name && order.is_descending { 1_000 } else { 0 };
    char::MAX.to_string().repeat(length)
}

async fn list_after(
    store: &Store,
    statement: &StatementOfState,
    account_id: &str,
    filter: KeyFilter<'_>,
    start: Start<'_>,
    limit: i64,
) -> Result<Vec<KeyRow>> {
    let (statement, time) = statement.of(filter.state);
    macro_rules! list {
        ($value:expr, $id:expr) => {
            read!(store, db => sqlx::query_as(statement)
                .bind(account_id)
                .bind(search_term(filter.search))
                .bind(filter.environment)
                .bind(time)
                .bind($value)
                .bind($id)
                .bind(limit)
                .fetch_all(db))
        };
    }
    match start {
        Start::Time(at, id) => list!(at, id),
        Start::Name(name, id) => list!(name, id),
    }
}
