//! Renaming an account.

use super::Accounts;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use domain::name::AccountName;
use domain::permission::Permission;
use serde_json::json;
use store::AccountRow;

impl Accounts {
    /// Renames an account.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account_name`, [`Error::NotFound`] for a foreign or deleted account.
    pub async fn update(&self, actor: &Actor, id: &str, name: &str) -> Result<(), Error> {
        let account = self.find_managed(actor, id).await?;
        let name = AccountName::parse(name).map_err(|error| invalid("account_name", error.to_string()))?;
        let (this, actor) = (self.clone(), actor.clone());
        run_detached(async move { this.write_name(&actor, account, &name).await }).await
    }

    async fn write_name(&self, actor: &Actor, account: AccountRow, name: &AccountName) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if !tx.accounts().update_name(&account.id, name.as_str()).await? {
            return Err(Error::NotFound);
        }
        let event = AuditEvent {
            at: self.context.now(),
            account_id: &account.id,
            actor,
            action: "account.update",
            key_id: None,
            details: json!({ "name": [account.name, name.as_str()] }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }

    /// The account, if the actor manages the account above it. The operator manages every account.
    pub(super) async fn find_managed(&self, actor: &Actor, id: &str) -> Result<AccountRow, Error> {
        let account = self.context.store.accounts().find(id).await?;
        match account.as_ref().and_then(|account| account.parent_id.as_deref()) {
            Some(parent) => actor.may(Permission::ManageSubAccounts, parent)?,
            // Only the operator is above a top-level account. Other actors must not learn whether it exists.
            None => match actor.may(Permission::SeeAccount, id) {
                Ok(()) => actor.may_operate()?,
                Err(error) => return Err(error),
            },
        }
        account.ok_or(Error::NotFound)
    }
}
