//! What happened to a key, from the audit. What people read of it is made by the page.

use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::lifecycle::DELETED_VISIBLE_FOR;
use domain::time::Millis;
use domain::views::KeyView;
use serde_json::Value;

/// Entries on one page.
const PAGE: usize = 20;

/// One change of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its number in the audit.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who, in words.
    pub actor: String,
    /// From where, if it came over the network.
    pub address: Option<String>,
    /// What was done: `key.issue`, `key.change` …
    pub action: String,
    /// What changed; never a secret.
    pub details: Value,
}

/// A key and a page of its history, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The key, as it is now.
    pub key: KeyView,
    /// The entries.
    pub entries: Vec<HistoryEntry>,
    /// What to ask for next as `before`, if there is more.
    pub next: Option<i64>,
}

impl Keyhatch {
    /// One key, also for 30 days after it was deleted.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign one and one that was deleted earlier.
    pub async fn find_key_or_deleted(&self, actor: &Actor, account_id: &str, id: &str) -> Result<KeyView, Error> {
        actor.may_see_keys(account_id)?;
        let since = self.now() - DELETED_VISIBLE_FOR;
        let row = self.store().keys().find_or_deleted(account_id, id, since).await?.ok_or(Error::NotFound)?;
        Ok(self.view(row))
    }

    /// What was done to a key, newest first; `before` is where the page before ended.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign key and one that was deleted more than 30 days ago.
    pub async fn key_history(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        before: Option<i64>,
    ) -> Result<History, Error> {
        let key = self.find_key_or_deleted(actor, account_id, id).await?;
        // One more than a page tells whether there is another.
        let one_more = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
        let before = before.unwrap_or(i64::MAX);
        let mut rows = self.store().audit().list_by_key(account_id, id, before, one_more).await?;
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
