//! Giving an account another name: a sub-account by whoever manages the account above it.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::name::AccountName;
use domain::permission::Permission;
use serde_json::json;
use store::AccountRow;

impl Keyhatch {
    /// Renames an account.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account_name`, [`Error::NotFound`] for a foreign or closed account.
    pub async fn rename_account(&self, actor: &Actor, id: &str, name: &str) -> Result<(), Error> {
        let account = self.account_below(actor, id).await?;
        let name = AccountName::parse(name).map_err(|error| invalid("account_name", error.to_string()))?;
        let (this, actor) = (self.clone(), actor.clone());
        self.finish(async move { this.rename(&actor, account, &name).await }).await
    }

    async fn rename(&self, actor: &Actor, account: AccountRow, name: &AccountName) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if !tx.accounts().update_name(&account.id, name.as_str()).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            at: self.now(),
            account_id: &account.id,
            actor,
            action: "account.rename",
            key_id: None,
            details: json!({ "name": [account.name, name.as_str()] }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }

    /// The account, if the actor manages the one above it; the operator manages every one.
    pub(super) async fn account_below(&self, actor: &Actor, id: &str) -> Result<AccountRow, Error> {
        let account = self.store().accounts().find(id).await?;
        match account.as_ref().and_then(|account| account.parent_id.as_deref()) {
            Some(parent) => actor.may(Permission::ManageSubAccounts, parent)?,
            // Nobody but the operator is above it; a stranger does not learn whether it exists.
            None => match actor.may(Permission::SeeAccount, id) {
                Ok(()) => actor.may_operate()?,
                Err(error) => return Err(error),
            },
        }
        account.ok_or(Error::NotFound)
    }
}
