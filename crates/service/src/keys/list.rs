//! Listing keys, newest first, in pages; finding one key.

use super::Keys;
use crate::actor::Actor;
use crate::context::Context;
use crate::error::Error;
use domain::key::Environment;
use domain::lifecycle::DELETED_VISIBLE_FOR;
use domain::views::{KeyCursor, KeyPage, KeyPosition, KeySort, KeyState, KeyView};
use store::{KeyFilter, KeyStateFilter};

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
        let search: Option<String> = request
            .search
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            // SQLite ends a pattern at NUL, which would match every key, and PostgreSQL rejects it.
            .map(|text| text.chars().take(SEARCH_MAX).map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect());
        let size = request.size.unwrap_or(self.context.policy.page_size).clamp(1, SIZE_MAX);
        let after = request.after.as_ref().filter(|cursor| cursor.sort == request.sort);
        let after = after.and_then(|cursor| match cursor.position {
            KeyPosition::At(created_at) => Some((created_at, cursor.id.as_str())),
            _ => None,
        });
        // One extra row shows whether there is a next page.
        let one_more = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
        let filter = KeyFilter {
            search: search.as_deref(),
            environment: request.environment.map(Environment::as_str),
            state: match request.state {
                KeyState::Active => KeyStateFilter::NotDeleted,
                KeyState::Disabled => KeyStateFilter::Disabled,
                KeyState::Expired => KeyStateFilter::ExpiredAt(self.context.now()),
                KeyState::Deleted => KeyStateFilter::DeletedAfter(self.context.now() - DELETED_VISIBLE_FOR),
            },
        };
        // Both scan the account's keys, each on its own connection.
        let (mut rows, total) = tokio::try_join!(
            self.context.store.keys().list(account_id, filter, after, one_more),
            self.context.store.keys().count(account_id),
        )?;
        if total == 0 && self.context.store.accounts().find(account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| has_more).map(|row| KeyCursor {
            sort: request.sort,
            id: row.id.clone(),
            position: KeyPosition::At(row.created_at),
        });
        Ok(KeyPage {
            keys: rows.into_iter().map(|row| self.view(row)).collect(),
            next,
            matching: usize::try_from(total).unwrap_or(0),
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
        Ok(self.view(row))
    }
}

/// The most keys that the account may have.
async fn key_limit(context: &Context, account_id: &str) -> Result<usize, Error> {
    let policy = &context.policy;
    // With one limit for all accounts, the account need not be read.
    let is_sub_account = policy.key_limit(true) != policy.key_limit(false)
        && context.store.accounts().find(account_id).await?.is_some_and(|account| account.parent_id.is_some());
    Ok(policy.key_limit(is_sub_account))
}
