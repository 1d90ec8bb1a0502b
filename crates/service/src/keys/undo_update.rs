//! Undoing the last update of a key. It is an update back to the values that the audit has of before, so every rule for
//! updates holds.

use super::Keys;
use crate::actor::Actor;
use crate::error::Error;
use domain::expiry::format_expiry;
use domain::form::KeyForm;
use domain::limits::{Limits, LimitsForm};
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::views::KeyView;
use serde::Deserialize;

/// The details of a `key.update`: the old and the new value of each field.
#[derive(Deserialize)]
struct UpdateDetails {
    name: (String, String),
    whitelist: (String, String),
    privileges: (String, String),
    limits: (String, String),
    expires_at: (Option<Millis>, Option<Millis>),
}

impl Keys {
    /// Undoes the update that gave the key this revision. It is recorded as another update, which can be undone in turn.
    /// Once this returns, no call is decided by the undone rules.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a deleted or foreign key. [`Error::EditConflict`] if the key has another revision by now,
    /// or if its last change was not an update. [`Error::Invalid`] for the fields whose old value is not allowed any
    /// more, such as an expiry that has passed.
    pub async fn undo_update(
        &self,
        actor: &Actor,
        account_id: &str,
        id: &str,
        revision: i64,
    ) -> Result<KeyView, Error> {
        actor.may_manage_keys(account_id)?;
        let key = self.context.store.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
        let conflict = || Error::EditConflict { by: key.updated_by.clone(), at: key.updated_at };
        if key.generation != revision {
            return Err(conflict());
        }
        // Every change of a key has its row in the audit, so the newest row is the change that made this revision.
        let newest = self.context.store.audit().list_by_key(account_id, id, i64::MAX, 1).await?;
        let update = newest.first().filter(|row| row.action == "key.update").ok_or_else(conflict)?;
        let form = previous_form(&update.details).ok_or_else(|| {
            tracing::error!(key = %id, seq = update.seq, "a row of the audit cannot be read; its update is not undone");
            Error::Internal
        })?;
        // If the key was changed since it was read, the update refuses the revision.
        self.update(actor, account_id, id, &form, Some(revision)).await
    }
}

/// The old values, as a person would enter them. The environment is not among them: an update keeps it.
fn previous_form(details: &str) -> Option<KeyForm> {
    let old: UpdateDetails = serde_json::from_str(details).ok()?;
    let is_all = old.privileges.0 == Privileges::all().to_stored();
    let privileges = old.privileges.0.split_ascii_whitespace().filter(|_| !is_all);
    Some(KeyForm {
        name: old.name.0,
        whitelist: old.whitelist.0,
        all_privileges: is_all,
        privileges: privileges.map(ToOwned::to_owned).collect(),
        expires: old.expires_at.0.map(format_expiry).unwrap_or_default(),
        limits: LimitsForm::from_limits(&Limits::from_stored(&old.limits.0).ok()?),
        ..KeyForm::default()
    })
}
