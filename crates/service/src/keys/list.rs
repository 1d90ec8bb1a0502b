//! Listing keys in pages; finding one key.

use super::Keys;
use super::view::to_view;
use crate::actor::Actor;
use crate::context::Context;
use crate::error::Error;
use domain::key::Environment;
use domain::lifecycle::DELETED_VISIBLE_FOR;
use domain::time::Millis;
use domain::views::{KeyCursor, KeyPage, KeyPosition, KeySort, KeySortBy, KeyState, KeyView};
use store::{KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow, KeyStateFilter, StoreError};

/// The longest search text, in characters; names are far shorter.
const SEARCH_MAX: usize = 100;
/// The most keys of one page.
const SIZE_MAX: usize = 500;

/// Which keys to list.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// Part of a name, or the last characters of a key.
    pub search: Option<String>,
    /// Only keys in this environment.
    pub environment: Option<Environment>,
    /// Only keys in this state.
    pub state: KeyState,
    /// The order of the list.
    pub sort: KeySort,
    /// The most keys to return, from 1 to 500; as many as the policy's `page_size` without it.
    pub size: Option<usize>,
    /// The `next` of the page before. One of another order is ignored: the first page is returned.
    pub after: Option<KeyCursor>,
}

impl Keys {
    /// A page of the keys of an account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account.
    pub async fn list(&self, actor: &Actor, account_id: &str, request: &PageRequest) -> Result<KeyPage, Error> {
        actor.may_see_keys(account_id)?;
        let search = request.search.as_deref().and_then(search_text);
        let filter = KeyFilter {
            search: search.as_deref(),
            environment: request.environment.map(Environment::as_str),
            state: state_filter(request.state, self.context.now()),
        };
        let after = request.after.as_ref().filter(|cursor| cursor.sort == request.sort);
        let after = after.map(|cursor| (stored_position(&cursor.position), cursor.id.as_str()));
        let order = KeyOrder {
            by: order_by(request.sort.by),
            is_descending: request.sort.is_descending,
            after: after.as_ref().map(|(position, id)| (position, *id)),
        };
        let size = request.size.unwrap_or(self.context.policy.page_size).clamp(1, SIZE_MAX);
        // Both scan the account's keys, each on its own connection.
        let ((mut rows, matching), total) = tokio::try_join!(
            list_and_count(&self.context, account_id, filter, order, size),
            self.context.store.keys().count(account_id),
        )?;
        if total == 0 && self.context.store.accounts().find(account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| has_more).map(|row| next_cursor(row, request.sort));
        Ok(KeyPage {
            keys: rows.into_iter().map(|row| to_view(&self.context, &self.gate, row)).collect(),
            next,
            matching: usize::try_from(matching.unwrap_or(total)).unwrap_or(0),
            total: usize::try_from(total).unwrap_or(0),
            limit: key_limit(&self.context, account_id).await?,
        })
    }

    /// One key.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key.
    pub async fn find(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_see_keys(account_id)?;
        let row = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        Ok(to_view(&self.context, &self.gate, row))
    }
}

/// The text to search for; `None` if it is empty.
fn search_text(typed: &str) -> Option<String> {
    let text = Some(typed.trim()).filter(|text| !text.is_empty())?;
    // SQLite ends a pattern at NUL, which would match every key, and PostgreSQL rejects it.
    Some(text.chars().take(SEARCH_MAX).map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect())
}

fn state_filter(state: KeyState, now: Millis) -> KeyStateFilter {
    match state {
        KeyState::Active => KeyStateFilter::NotDeleted,
        KeyState::Disabled => KeyStateFilter::Disabled,
        KeyState::Expired => KeyStateFilter::ExpiredAt(now),
        KeyState::Deleted => KeyStateFilter::DeletedAfter(now - DELETED_VISIBLE_FOR),
    }
}

/// A page with one extra row, which shows whether there is a next page, and how many keys match: `None` for all of the
/// account, which are counted meanwhile.
async fn list_and_count(
    context: &Context,
    account_id: &str,
    filter: KeyFilter<'_>,
    order: KeyOrder<'_>,
    size: usize,
) -> Result<(Vec<KeyRow>, Option<i64>), StoreError> {
    let one_more = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let rows = context.store.keys().list(account_id, filter, order, one_more).await?;
    let matching = if order.after.is_none() && rows.len() <= size {
        Some(i64::try_from(rows.len()).unwrap_or(i64::MAX))
    } else if filter.search.is_none() && filter.environment.is_none() && filter.state == KeyStateFilter::NotDeleted {
        None
    } else {
        Some(context.store.keys().count_matching(account_id, filter).await?)
    };
    Ok((rows, matching))
}

fn order_by(by: KeySortBy) -> KeyOrderBy {
    match by {
        KeySortBy::Created => KeyOrderBy::Created,
        KeySortBy::Name => KeyOrderBy::Name,
        KeySortBy::Used => KeyOrderBy::Used,
        KeySortBy::Expires => KeyOrderBy::Expires,
    }
}

fn stored_position(position: &KeyPosition) -> KeyOrderPosition {
    match position {
        KeyPosition::At(at) => KeyOrderPosition::At(*at),
        KeyPosition::Named(name) => KeyOrderPosition::Named(name.clone()),
        KeyPosition::WithoutTime { created_at } => KeyOrderPosition::WithoutTime { created_at: *created_at },
    }
}

/// The cursor of the page after this row. Of the row, because a view has uses that are not stored yet.
fn next_cursor(row: &KeyRow, sort: KeySort) -> KeyCursor {
    let position = match row.position(order_by(sort.by)) {
        KeyOrderPosition::At(at) => KeyPosition::At(at),
        KeyOrderPosition::Named(name) => KeyPosition::Named(name),
        KeyOrderPosition::WithoutTime { created_at } => KeyPosition::WithoutTime { created_at },
    };
    KeyCursor { sort, id: row.id.clone(), position }
}

/// The most keys that the account may have.
async fn key_limit(context: &Context, account_id: &str) -> Result<usize, Error> {
    let policy = &context.policy;
    // With one limit for all accounts, the account need not be read.
    let is_sub_account = policy.key_limit(true) != policy.key_limit(false)
        && context.store.accounts().find(account_id).await?.is_some_and(|account| account.parent_id.is_some());
    Ok(policy.key_limit(is_sub_account))
}
