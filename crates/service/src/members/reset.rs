//! Resets by the operator on the command line, for members who lost their password or their second factor. Its messages are
//! in English.

use super::Members;
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::error::{Error, invalid};
use domain::member::{Email, check_password};
use secrets::{ExposeSecret, SecretString};
use serde_json::json;
use store::MemberRow;

impl Members {
    /// The id and the account of the member with this email, for the command line.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email`.
    pub async fn find_by_email(&self, actor: &Actor, email: &str) -> Result<(String, String), Error> {
        let member = self.find_for_operator(actor, email).await?;
        Ok((member.id, member.account_id))
    }

    /// Sets a member's password and ends all their sessions.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` or `password`.
    pub async fn reset_password(&self, actor: &Actor, email: &str, password: &SecretString) -> Result<(), Error> {
        let member = self.find_for_operator(actor, email).await?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error))?;
        let password_hash = self.credentials.hash_password(password).await?;
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        self.credentials.replace_password(&mut tx, &member.id, &password_hash).await?;
        self.context.audit.append(&mut tx, self.event(actor, &member, "password.reset")).await?;
        Ok(tx.commit().await?)
    }

    /// Deletes a member's second factor and ends all their sessions. If the account requires two-factor codes, the member
    /// must set them up again after signing in.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email`, also if the member has no second factor.
    pub async fn reset_two_factor(&self, actor: &Actor, email: &str) -> Result<(), Error> {
        let member = self.find_for_operator(actor, email).await?;
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if !tx.two_factor().delete(&member.id).await? {
            return Err(invalid("email", format!("{} does not use two-factor codes.", member.email)));
        }
        tx.sessions().delete_by_member(&member.id).await?;
        tx.pending_sign_ins().delete_by_member(&member.id).await?;
        self.context.audit.append(&mut tx, self.event(actor, &member, "two_factor.reset")).await?;
        Ok(tx.commit().await?)
    }

    async fn find_for_operator(&self, actor: &Actor, email: &str) -> Result<MemberRow, Error> {
        actor.may_operate()?;
        let email = Email::parse(email).map_err(|error| invalid("email", error))?;
        let member = self.context.store.members().find_by_email(email.as_str()).await?;
        member.ok_or_else(|| invalid("email", format!("There is no member {email}.")))
    }

    fn event<'a>(&self, actor: &'a Actor, member: &'a MemberRow, action: &'static str) -> AuditEvent<'a> {
        AuditEvent {
            at: self.context.now(),
            account_id: &member.account_id,
            actor,
            action,
            key_id: None,
            details: json!({ "email": member.email }),
        }
    }
}
