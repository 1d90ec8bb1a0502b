//! Listing keys, newest first, a page at a time.

use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::key::Environment;
use domain::lifecycle::DELETED_VISIBLE_FOR;
use domain::views::{Cursor, KeyPage, KeyState, KeyView};
use store::{KeyFilter, KeyStateFilter};

/// The longest search that is made, in characters; a name is far shorter.
const SEARCH_MAX: usize = 100;

/// Which keys to list.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// Part of a name, or the last characters of a key.
    pub search: Option<String>,
    /// Only keys of this environment.
    pub environment: Option<Environment>,
    /// In which state they are.
    pub state: KeyState,
    /// Where the page before ended.
    pub after: Option<Cursor>,
}

impl Keyhatch {
    /// A page of the keys of an account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account.
    pub async fn list_keys(&self, actor: &Actor, account_id: &str, request: &PageRequest) -> Result<KeyPage, Error> {
        actor.may_see_keys(account_id)?;
        let search: Option<String> = request
            .search
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            // SQLite ends a pattern at a NUL, which would find every key, and PostgreSQL takes none.
            .map(|text| text.chars().take(SEARCH_MAX).map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect());
        let size = self.policy().page_size;
        let after = request.after.as_ref().map(|cursor| (cursor.created_at, cursor.id.as_str()));
        // One more than a page tells whether there is another.
        let one_more = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
        let filter = KeyFilter {
            search: search.as_deref(),
            environment: request.environment.map(Environment::as_str),
            state: match request.state {
                KeyState::Active => KeyStateFilter::NotDeleted,
                KeyState::Disabled => KeyStateFilter::Disabled,
                KeyState::Expired => KeyStateFilter::ExpiredAt(self.now()),
                KeyState::Deleted => KeyStateFilter::DeletedAfter(self.now() - DELETED_VISIBLE_FOR),
            },
        };
        // Both look through the keys of the account, each on a connection of its own.
        let (mut rows, total) = tokio::try_join!(
            self.store().keys().list(account_id, filter, after, one_more),
            self.store().keys().count(account_id),
        )?;
        if total == 0 && self.store().accounts().find(account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next =
            rows.last().filter(|_| has_more).map(|row| Cursor { created_at: row.created_at, id: row.id.clone() });
        Ok(KeyPage {
            keys: rows.into_iter().map(|row| self.view(row)).collect(),
            next,
            total: usize::try_from(total).unwrap_or(0),
            limit: self.keys_allowed(account_id).await?,
        })
    }

    /// How many keys the account may have.
    async fn keys_allowed(&self, account_id: &str) -> Result<usize, Error> {
        let policy = self.policy();
        // Most operators say one number for all; then the account need not be read.
        let is_sub_account = policy.key_limit(true) != policy.key_limit(false)
            && self.store().accounts().find(account_id).await?.is_some_and(|account| account.parent_id.is_some());
        Ok(policy.key_limit(is_sub_account))
    }

    /// One key.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign one.
    pub async fn find_key(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_see_keys(account_id)?;
        let row = self.store().keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        Ok(self.view(row))
    }
}
