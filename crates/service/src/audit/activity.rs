//! The activity of an account: pages of the audit, newest first, in sentences.

use super::Audit;
use super::sentence::sentence;
use crate::actor::Actor;
use crate::error::Error;
use domain::activity::{ActivityFilter, ActivityGroup};
use domain::permission::Permission;
use domain::time::Millis;
use serde_json::Value;
use store::ActivityRow;

/// Rows in a page.
const PAGE: usize = 50;
/// The most actors that the filter offers.
const ACTORS: i64 = 200;

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The number of its row in the audit.
    pub seq: i64,
    /// When, in epoch milliseconds.
    pub at: Millis,
    /// The actor's name.
    pub actor: String,
    /// The action, such as `key.update`.
    pub action: String,
    /// The action as a sentence without a subject.
    pub sentence: String,
    /// The key that the action was about.
    pub key: Option<ActivityKey>,
    /// The client's address, if the action came over the network.
    pub address: Option<String>,
}

/// The key of an action; it may have been deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityKey {
    /// Its id.
    pub id: String,
    /// Its last name; its id if the key's row is gone.
    pub name: String,
}

/// A page of activity, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityPage {
    /// The rows.
    pub rows: Vec<Activity>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

impl Audit {
    /// A page of an account's activity, older than the row `after`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for a role that may not see the activity of others.
    pub async fn list(
        &self,
        actor: &Actor,
        account_id: &str,
        filter: &ActivityFilter,
        after: Option<i64>,
    ) -> Result<ActivityPage, Error> {
        actor.may(Permission::SeeActivity, account_id)?;
        let filter = store::AuditFilter {
            actor: filter.actor.as_deref(),
            group: filter.group.map(ActivityGroup::as_str),
            key: filter.key.as_deref(),
            from: filter.from,
            before: filter.before,
        };
        // One extra row shows whether there is a next page.
        let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = self.context.store.audit().list_activity(account_id, filter, after, one_more).await?;
        if rows.is_empty() && self.context.store.accounts().find(account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.seq);
        Ok(ActivityPage { rows: rows.into_iter().map(activity_view).collect(), next })
    }

    /// The actors in an account's activity, sorted by name.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn list_actors(&self, actor: &Actor, account_id: &str) -> Result<Vec<String>, Error> {
        actor.may(Permission::SeeActivity, account_id)?;
        Ok(self.context.store.audit().list_actors(account_id, ACTORS).await?)
    }
}

fn activity_view(row: ActivityRow) -> Activity {
    let details = serde_json::from_str(&row.details).unwrap_or(Value::Null);
    Activity {
        seq: row.seq,
        at: row.at,
        sentence: sentence(&row.action, &details),
        actor: row.actor,
        action: row.action,
        key: row.key_id.map(|id| ActivityKey { name: row.key_name.unwrap_or_else(|| id.clone()), id }),
        address: row.address,
    }
}
