//! The history of a key, from the audit. The page turns it into sentences.

use super::Keys;
use super::view::to_view;
use crate::actor::Actor;
use crate::error::Error;
use domain::lifecycle::DELETED_VISIBLE_FOR;
use domain::time::Millis;
use domain::views::KeyView;
use serde_json::Value;

/// Entries in a page.
const PAGE: usize = 20;

/// One action on a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The number of its row in the audit.
    pub seq: i64,
    /// When, in epoch milliseconds.
    pub at: Millis,
    /// The actor's name.
    pub actor: String,
    /// The client's address, if the action came over the network.
    pub address: Option<String>,
    /// The action, such as `key.create`.
    pub action: String,
    /// What changed; never contains a secret.
    pub details: Value,
}

/// A key and a page of its history, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The key, as it is now.
    pub key: KeyView,
    /// The entries.
    pub entries: Vec<HistoryEntry>,
    /// The `before` of the next page, if there is one.
    pub next: Option<i64>,
}

impl Keys {
    /// One key, including keys deleted within the last 30 days.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign key and for one that was deleted earlier.
    pub async fn find_including_deleted(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_see_keys(account_id)?;
        let since = self.context.now() - DELETED_VISIBLE_FOR;
        let row = self.context.store.keys().find_or_deleted(account_id, id, since).await?.ok_or(Error::NotFound)?;
        Ok(to_view(&self.context, &self.gate, row))
    }

    /// A page of a key's history, newest first; `before` is the `next` of the page before.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign key and for one that was deleted more than 30 days ago.
    pub async fn history(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        before: Option<i64>,
    ) -> Result<History, Error> {
        let key = self.find_including_deleted(actor, account_id, id).await?;
        // One extra row shows whether there is a next page.
        let one_more = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
        let before = before.unwrap_or(i64::MAX);
        let mut rows = self.context.store.audit().list_by_key(account_id, id, before, one_more).await?;
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.seq);
        let entries = rows.into_iter().map(|row| HistoryEntry {
            seq: row.seq,
            at: row.at,
            actor: row.actor,
            address: row.address,
            action: row.action,
            details: serde_json::from_str(&row.details).unwrap_or_default(),
        });
        Ok(History { key, entries: entries.collect(), next })
    }
}
