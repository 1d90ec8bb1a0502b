//! What an operator does for a customer who lost everything.

use crate::access::Actor;
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::member::{Email, check_password};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::MemberRow;

impl Keyhatch {
    /// The id and the account of the member with this email, for the command line.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email`.
    pub async fn find_member_by_email(&self, actor: &Actor, email: &str) -> Result<(String, String), Error> {
        let member = self.operated(actor, email).await?;
        Ok((member.id, member.account_id))
    }

    /// Gives a member another password, and ends all their sessions.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` or `password`.
    pub async fn reset_password(&self, actor: &Actor, email: &str, password: &SecretString) -> Result<(), Error> {
        let member = self.operated(actor, email).await?;
        check_password(password.expose_secret()).map_err(|error| invalid("password", error))?;
        let password_hash = self.passwords().hash(password, self.random()).await?;
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        tx.members().update_password_hash(&member.id, &password_hash).await?;
        tx.sessions().delete_by_member(&member.id).await?;
        tx.pending_sign_ins().delete_by_member(&member.id).await?;
        self.chain().append(&mut tx, self.about(actor, &member, "password.reset")).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets a member's second factor, and ends all their sessions. Where the account requires two-factor codes, they
    /// are led to set them up again.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email`, also if that member has no second factor.
    pub async fn reset_two_factor(&self, actor: &Actor, email: &str) -> Result<(), Error> {
        let member = self.operated(actor, email).await?;
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if !tx.two_factor().delete(&member.id).await? {
            return Err(invalid("email", format!("{} does not use two-factor codes.", member.email)));
        }
        tx.sessions().delete_by_member(&member.id).await?;
        tx.pending_sign_ins().delete_by_member(&member.id).await?;
        self.chain().append(&mut tx, self.about(actor, &member, "two-factor.reset")).await?;
        Ok(tx.commit().await?)
    }

    async fn operated(&self, actor: &Actor, email: &str) -> Result<MemberRow, Error> {
        actor.may_operate()?;
        let email = Email::parse(email).map_err(|error| invalid("email", error))?;
        let member = self.store().members().find_by_email(email.as_str()).await?;
        member.ok_or_else(|| invalid("email", format!("There is no member {email}.")))
    }

    fn about<'a>(&self, actor: &'a Actor, member: &'a MemberRow, action: &'static str) -> Event<'a> {
        Event {
            at: self.now(),
            account_id: &member.account_id,
            actor,
            action,
            key_id: None,
            details: json!({ "email": member.email }),
        }
    }
}
