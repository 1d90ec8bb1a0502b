//! Creating members directly, by the operator. Other members join by an invitation.

use super::Members;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::error::{Error, invalid};
use crate::ids;
use domain::member::{Email, Role, check_password};
use secrets::{ExposeSecret, SecretString};
use serde_json::json;
use store::{MemberRow, StoreError};

impl Members {
    /// Creates a member of an account. Returns its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `account`, `email` or `password`.
    pub async fn create(
        &self,
        actor: &Actor,
        account_id: &str,
        email: &str,
        role: Role,
        password: &SecretString,
    ) -> Result<String, Error> {
        actor.may_operate()?;
        let email = Email::parse(email).map_err(|error| invalid("email", error.to_string()))?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error.to_string()))?;
        let no_account = || invalid("account", format!("There is no account {account_id}."));
        if self.context.store.accounts().find(account_id).await?.is_none() {
            return Err(no_account());
        }
        let member = MemberRow {
            id: ids::new("mem", &*self.context.random),
            account_id: account_id.to_owned(),
            email: email.as_str().to_owned(),
            password_hash: self.credentials.hash_password(password).await?,
            role: role.as_str().to_owned(),
            created_at: self.context.now(),
        };
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        // Read again: a member of an account that was deleted meanwhile could neither sign in nor be deleted.
        if tx.accounts().find(account_id).await?.is_none() {
            return Err(no_account());
        }
        tx.members().insert(&member).await.map_err(|error| match error {
            StoreError::Conflict(_) => invalid("email", format!("{} is a member already.", member.email)),
            other => other.into(),
        })?;
        let event = AuditEvent {
            at: member.created_at,
            account_id,
            actor,
            action: "member.create",
            key_id: None,
            details: json!({ "email": member.email, "role": member.role }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(member.id)
    }
}
