//! How the members of an account have to sign in.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use serde_json::json;

impl Keyhatch {
    /// Requires two-factor codes of every member of the account, or no longer. A member without them can do nothing else
    /// from their next request on until they are set up.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign account, [`Error::Forbidden`] for all but owners.
    pub async fn require_two_factor(&self, actor: &Actor, account_id: &str, required: bool) -> Result<(), Error> {
        actor.may_set_sign_in_rules(account_id)?;
        let (this, actor, account_id) = (self.clone(), actor.clone(), account_id.to_owned());
        self.finish(async move { this.set_required(&actor, &account_id, required).await }).await
    }

    async fn set_required(&self, actor: &Actor, account_id: &str, required: bool) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let before = tx.accounts().requires_two_factor(account_id).await?.ok_or(Error::NotFound)?;
        if before == required {
            return Ok(());
        }
        tx.accounts().update_requires_two_factor(account_id, required).await?;
        let event = Event {
            at: self.now(),
            account_id,
            actor,
            action: "account.two-factor",
            key_id: None,
            details: json!({ "required": [before, required] }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
