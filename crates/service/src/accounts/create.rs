//! Creating accounts: top-level ones by the operator, sub-accounts by owners and admins of the account above. A new
//! account has no keys.

use super::Accounts;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use crate::ids;
use domain::name::AccountName;
use domain::permission::Permission;
use serde_json::json;
use store::AccountRow;

impl Accounts {
    /// Creates an account, below `parent` if there is one. Returns its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account_name` or `parent`; [`Error::Forbidden`] for a top-level account by an actor other
    /// than the operator; [`Error::NotFound`] for a foreign parent.
    pub async fn create(&self, actor: &Actor, name: &str, parent: Option<&str>) -> Result<String, Error> {
        match parent {
            None => actor.may_operate()?,
            Some(parent) => actor.may(Permission::ManageSubAccounts, parent)?,
        }
        let name = AccountName::parse(name).map_err(|error| invalid("account_name", error.to_string()))?;
        let (this, actor, parent) = (self.clone(), actor.clone(), parent.map(ToOwned::to_owned));
        run_detached(async move { this.write_new(&actor, &name, parent).await }).await
    }

    async fn write_new(&self, actor: &Actor, name: &AccountName, parent: Option<String>) -> Result<String, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if let Some(parent) = &parent {
            self.check_depth(&mut tx, parent).await?;
        }
        let account = AccountRow {
            id: ids::new("acc", &*self.context.random),
            parent_id: parent,
            name: name.as_str().to_owned(),
            created_at: self.context.now(),
        };
        tx.accounts().insert(&account).await?;
        let event = AuditEvent {
            at: account.created_at,
            account_id: &account.id,
            actor,
            action: "account.create",
            key_id: None,
            details: json!({ "name": account.name, "parent": account.parent_id }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(account.id)
    }
}
