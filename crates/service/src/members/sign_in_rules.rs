//! The sign-in rules of an account: whether its members must use two-factor codes, and from when.

use super::Members;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::Error;
use domain::time::Millis;
use domain::two_factor_rule::RequireTwoFactorForm;
use serde_json::json;

impl Members {
    /// Requires two-factor codes of every member, at once or from a day on; an earlier day is replaced. From that time on,
    /// a member without them can do nothing but set them up.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for every role but owner, [`Error::Invalid`] for
    /// `start` or `date`.
    pub async fn require_two_factor(
        &self,
        actor: &Actor,
        account_id: &str,
        form: &RequireTwoFactorForm,
    ) -> Result<(), Error> {
        actor.may_set_sign_in_rules(account_id)?;
        let from = form.check(self.context.now()).map_err(Error::Invalid)?;
        self.update_two_factor_rule(actor, account_id, Some(from)).await
    }

    /// Makes two-factor codes optional, or takes back a day from which they were to be required.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for every role but owner.
    pub async fn make_two_factor_optional(&self, actor: &Actor, account_id: &str) -> Result<(), Error> {
        actor.may_set_sign_in_rules(account_id)?;
        self.update_two_factor_rule(actor, account_id, None).await
    }

    async fn update_two_factor_rule(&self, actor: &Actor, account_id: &str, from: Option<Millis>) -> Result<(), Error> {
        let (this, actor, account_id) = (self.clone(), actor.clone(), account_id.to_owned());
        run_detached(async move { this.write_two_factor_rule(&actor, &account_id, from).await }).await
    }

    async fn write_two_factor_rule(&self, actor: &Actor, account_id: &str, from: Option<Millis>) -> Result<(), Error> {
        let now = self.context.now();
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let before = tx.accounts().two_factor_required_from(account_id).await?.ok_or(Error::NotFound)?;
        let is_due = |from: Option<Millis>| from.is_some_and(|from| from <= now);
        if before == from || (is_due(before) && is_due(from)) {
            return Ok(());
        }
        tx.accounts().update_two_factor_required_from(account_id, from).await?;
        let mut details = json!({ "required": [before.is_some(), from.is_some()] });
        if let Some(from) = from.filter(|from| *from > now) {
            details["from"] = json!(from);
        }
        if let Some(before) = before.filter(|before| *before > now) {
            details["before"] = json!(before);
        }
        let event =
            AuditEvent { at: now, account_id, actor, action: "account.require_two_factor", key_id: None, details };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
