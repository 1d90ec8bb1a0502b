//! Accounts and members, as the operator makes them from the command line.

use super::Actor;
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::ids;
use crate::keyhatch::Keyhatch;
use domain::member::{Email, Role, check_password};
use domain::name::AccountName;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{AccountRow, MemberRow, StoreError};

impl Keyhatch {
    /// Makes an account, below `parent` if one is given. Returns its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account_name` or `parent`.
    pub async fn create_account(&self, actor: &Actor, name: &str, parent: Option<&str>) -> Result<String, Error> {
        actor.may_manage_accounts()?;
        let name = AccountName::parse(name).map_err(|error| invalid("account_name", error.to_string()))?;
        if let Some(parent) = parent
            && self.store().find_account(parent).await?.is_none()
        {
            return Err(invalid("parent", format!("There is no account {parent}.")));
        }
        let account = AccountRow {
            id: ids::new("acc", self.random()),
            parent_id: parent.map(ToOwned::to_owned),
            name: name.as_str().to_owned(),
            created_at: self.now(),
        };
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        tx.insert_account(&account).await?;
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

    /// Makes a member of an account. Returns its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account`, `email` or `password`.
    pub async fn create_member(
        &self,
        actor: &Actor,
        account_id: &str,
        email: &str,
        role: Role,
        password: &SecretString,
    ) -> Result<String, Error> {
        actor.may_manage_accounts()?;
        let email = Email::parse(email).map_err(|error| invalid("email", error.to_string()))?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error.to_string()))?;
        if self.store().find_account(account_id).await?.is_none() {
            return Err(invalid("account", format!("There is no account {account_id}.")));
        }
        let member = MemberRow {
            id: ids::new("mem", self.random()),
            account_id: account_id.to_owned(),
            email: email.as_str().to_owned(),
            password_hash: self.passwords().hash(password, self.random()).await?,
            role: role.as_str().to_owned(),
            created_at: self.now(),
        };
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        tx.insert_member(&member).await.map_err(|error| match error {
            StoreError::Conflict(_) => invalid("email", format!("{} is a member already.", member.email)),
            other => other.into(),
        })?;
        let event = Event {
            at: member.created_at,
            account_id,
            actor,
            action: "member.create",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role }),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(member.id)
    }
}
