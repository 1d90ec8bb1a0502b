//! Invitations: a link for one person that works once.

use super::Members;
use super::list::{InvitationView, invitation_view};
use crate::actor::Actor;
use crate::audit_chain::AuditEvent;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use crate::ids;
use crate::session::{hash_token, new_token};
use crate::texts::service_errors as texts;
use domain::form::FieldErrors;
use domain::member::{Email, Role};
use domain::time::Millis;
use secrets::SecretString;
use serde_json::json;
use store::InvitationRow;

/// How long a link works, in milliseconds: 7 days.
pub const INVITATION_LIFETIME: Millis = 7 * 24 * 60 * 60 * 1_000;

/// The form of an invitation, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteForm {
    /// The person's email address.
    pub email: String,
    /// `owner`, `admin` or `viewer`.
    pub role: String,
}

/// A new invitation.
pub struct NewInvitation {
    /// The invitation as a list shows it.
    pub invitation: InvitationView,
    /// The token for the link, which is shown once.
    pub token: SecretString,
    /// The name of the account that the person is invited to.
    pub account_name: String,
}

impl InviteForm {
    fn check(&self) -> Result<(Email, Role), Error> {
        let mut errors = FieldErrors::default();
        let email = Email::parse(&self.email).map_err(|error| errors.0.extend(FieldErrors::one("email", error).0));
        let role = Role::parse(&self.role);
        if role.is_none() {
            errors.0.extend(FieldErrors::one("role", texts::role_missing()).0);
        }
        match (email, role) {
            (Ok(email), Some(role)) => Ok((email, role)),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Members {
    /// Invites a person to an account. An earlier link of the account for the same email stops working.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` and `role`, [`Error::Forbidden`] for a role that the actor may not assign.
    pub async fn create_invitation(
        &self,
        actor: &Actor,
        account_id: &str,
        form: &InviteForm,
    ) -> Result<NewInvitation, Error> {
        actor.may_see_members(account_id)?;
        let (email, role) = match form.check() {
            Ok(read) => read,
            // An actor who may invite no role at all gets that error rather than one about the fields.
            Err(error) => return Err(actor.may_manage_members(account_id, Role::Viewer).err().unwrap_or(error)),
        };
        actor.may_manage_members(account_id, role)?;
        let account_name = self.context.store.accounts().find(account_id).await?.ok_or(Error::NotFound)?.name;
        let token = new_token(&*self.context.random);
        let now = self.context.now();
        let row = InvitationRow {
            id: ids::new("inv", &*self.context.random),
            account_id: account_id.to_owned(),
            email: email.as_str().to_owned(),
            role: role.as_str().to_owned(),
            token_hash: hash_token(&token),
            state: "open".to_owned(),
            created_at: now,
            created_by: actor.name(),
            expires_at: now + INVITATION_LIFETIME,
        };
        let (this, actor) = (self.clone(), actor.clone());
        let invitation = run_detached(async move { this.write_invitation(&actor, row).await }).await?;
        Ok(NewInvitation { invitation, token, account_name })
    }

    async fn write_invitation(&self, actor: &Actor, row: InvitationRow) -> Result<InvitationView, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if tx.accounts().find(&row.account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        if tx.members().find_by_email(&row.email).await?.is_some() {
            return Err(invalid("email", texts::is_member(&row.email)));
        }
        tx.invitations().delete_by_email(&row.account_id, &row.email).await?;
        tx.invitations().insert(&row).await?;
        let event = AuditEvent {
            at: row.created_at,
            account_id: &row.account_id,
            actor,
            action: "invitation.create",
            key_id: None,
            details: json!({ "email": row.email, "role": row.role }),
        };
        self.context.audit.append(&mut tx, event).await?;
        tx.commit().await?;
        invitation_view(row)
    }

    /// Deletes an open invitation; its link stops working.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an invitation that is foreign or not open, [`Error::Forbidden`].
    pub async fn delete_invitation(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_see_members(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        run_detached(async move { this.write_invitation_deleted(&actor, &account_id, &id).await }).await
    }

    async fn write_invitation_deleted(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let found = tx.invitations().find(id).await?.filter(|found| found.account_id == account_id);
        let found = found.ok_or(Error::NotFound)?;
        actor.may_manage_members(account_id, Role::parse(&found.role).ok_or(Error::Internal)?)?;
        if !tx.invitations().delete(id).await? {
            return Err(Error::NotFound);
        }
        let event = AuditEvent {
            at: self.context.now(),
            account_id,
            actor,
            action: "invitation.delete",
            key_id: None,
            details: json!({ "email": found.email, "role": found.role }),
        };
        self.context.audit.append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
