//! What the members of an account see of the audit: pages, newest first, in sentences.

use super::sentence;
use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::activity::{ActivityFilter, ActivityGroup};
use domain::permission::Permission;
use domain::time::Millis;
use serde_json::Value;
use store::ActivityRow;

/// How many rows a page has.
const PAGE: usize = 50;
/// How many people are offered to choose from.
const PEOPLE: i64 = 200;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its number in the audit.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who did it, as the audit names them.
    pub actor: String,
    /// The action's own name, such as `key.change`.
    pub action: String,
    /// What was done, a sentence without its subject.
    pub sentence: String,
    /// The key that it was done to.
    pub key: Option<ActivityKey>,
    /// From where, if it came over the network.
    pub address: Option<String>,
}

/// A key that something was done to. It may be deleted by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityKey {
    /// Its id.
    pub id: String,
    /// The name that it had last; its id if nothing is left of it.
    pub name: String,
}

/// A page of what was done, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityPage {
    /// The rows.
    pub rows: Vec<Activity>,
    /// After which row the next page begins, if there is one.
    pub next: Option<i64>,
}

impl Keyhatch {
    /// A page of what was done in an account, from the row `after` on.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for who may not see what others did.
    pub async fn list_activity(
        &self,
        actor: &Actor,
        account_id: &str,
        filter: &ActivityFilter,
        after: Option<i64>,
    ) -> Result<ActivityPage, Error> {
        actor.may(Permission::SeeActivity, account_id)?;
        let asked = store::AuditFilter {
            actor: filter.actor.as_deref(),
            group: filter.group.map(ActivityGroup::as_str),
            key: filter.key.as_deref(),
            from: filter.from,
            before: filter.before,
        };
        // One more than a page tells whether there is another.
        let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = self.store().audit().list_activity(account_id, asked, after, one_more).await?;
        if rows.is_empty() && self.store().accounts().find(account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.seq);
        Ok(ActivityPage { rows: rows.into_iter().map(activity).collect(), next })
    }

    /// Those who did something in an account, in the order of their names.
    ///
    /// # Errors
    /// As [`Self::list_activity`].
    pub async fn activity_people(&self, actor: &Actor, account_id: &str) -> Result<Vec<String>, Error> {
        actor.may(Permission::SeeActivity, account_id)?;
        Ok(self.store().audit().list_actors(account_id, PEOPLE).await?)
    }
}

fn activity(row: ActivityRow) -> Activity {
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
