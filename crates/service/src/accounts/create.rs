//! Making an account: by the operator, or below an account by its owners and admins. It starts with no key.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::ids;
use crate::keyhatch::Keyhatch;
use domain::name::AccountName;
use domain::permission::Permission;
use serde_json::json;
use store::{AccountRow, Tx};

impl Keyhatch {
    /// Makes an account, below `parent` if one is given. Returns its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account_name` or `parent`; for anybody but the operator also [`Error::Forbidden`], and
    /// [`Error::NotFound`] for a foreign parent.
    pub async fn create_account(&self, actor: &Actor, name: &str, parent: Option<&str>) -> Result<String, Error> {
        match parent {
            None => actor.may_operate()?,
            Some(parent) => actor.may(Permission::ManageSubAccounts, parent)?,
        }
        let name = AccountName::parse(name).map_err(|error| invalid("account_name", error.to_string()))?;
        let (this, actor, parent) = (self.clone(), actor.clone(), parent.map(ToOwned::to_owned));
        self.finish(async move { this.create(&actor, &name, parent).await }).await
    }

    async fn create(&self, actor: &Actor, name: &AccountName, parent: Option<String>) -> Result<String, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if let Some(parent) = &parent {
            self.check_depth(&mut tx, parent).await?;
        }
        let account = AccountRow {
            id: ids::new("acc", self.random()),
            parent_id: parent,
            name: name.as_str().to_owned(),
            created_at: self.now(),
        };
        tx.accounts().insert(&account).await?;
        let event = Event {
            at: account.created_at,
            account_id: &account.id,
            actor,
            action: "account.create",
            key_id: None,
            details: json!({ "name": account.name, "parent": account.parent_id }),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(account.id)
    }

    /// Whether the policy allows accounts below this one.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn may_have_sub_accounts(&self, id: &str) -> Result<bool, Error> {
        let (mut depth, mut next) = (0, self.store().accounts().find(id).await?);
        while let Some(account) = next {
            depth += 1;
            next = match account.parent_id {
                Some(parent) => self.store().accounts().find(&parent).await?,
                None => None,
            };
        }
        Ok(self.policy().check_depth(depth).is_ok())
    }

    /// Whether the policy allows an account below `parent`.
    async fn check_depth(&self, tx: &mut Tx, parent: &str) -> Result<(), Error> {
        let mut depth = 0;
        let mut next = Some(parent.to_owned());
        while let Some(id) = next.take() {
            let Some(account) = tx.accounts().find(&id).await? else {
                return Err(invalid("parent", format!("There is no account {id}.")));
            };
            depth += 1;
            next = account.parent_id;
        }
        self.policy().check_depth(depth).map_err(|rule| invalid("parent", rule))
    }
}
