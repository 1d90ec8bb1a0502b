//! Inviting a person by a link that works once.

use super::list::{InvitationView, invitation};
use crate::access::{Actor, new_token, token_hash};
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::ids;
use crate::keyhatch::Keyhatch;
use domain::form::FieldErrors;
use domain::member::{Email, Role};
use domain::time::Millis;
use secrecy::SecretString;
use serde_json::json;
use store::InvitationRow;

/// How long a link works, milliseconds: 7 days.
pub const INVITATION_LIFETIME: Millis = 7 * 24 * 60 * 60 * 1_000;

/// Who is to be invited, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteForm {
    /// The person's email address.
    pub email: String,
    /// What they are to be: `owner`, `admin` or `viewer`.
    pub role: String,
}

/// A new invitation.
pub struct Invited {
    /// As the list shows it.
    pub invitation: InvitationView,
    /// What the link must hold; nobody can see it a second time.
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
            errors.0.extend(FieldErrors::one("role", "Choose what this person may do.").0);
        }
        match (email, role) {
            (Ok(email), Some(role)) => Ok((email, role)),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Keyhatch {
    /// Invites a person to an account. A link that the account made for the same email before works no longer.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` and `role`, [`Error::Forbidden`] for a role that the actor may not give.
    pub async fn invite(&self, actor: &Actor, account_id: &str, form: &InviteForm) -> Result<Invited, Error> {
        actor.may_see_members(account_id)?;
        let (email, role) = match form.check() {
            Ok(read) => read,
            // Whoever may invite nobody is told that first.
            Err(error) => return Err(actor.may_manage_members(account_id, Role::Viewer).err().unwrap_or(error)),
        };
        actor.may_manage_members(account_id, role)?;
        let account_name = self.store().accounts().find(account_id).await?.ok_or(Error::NotFound)?.name;
        let token = new_token(self.random());
        let now = self.now();
        let row = InvitationRow {
            id: ids::new("inv", self.random()),
            account_id: account_id.to_owned(),
            email: email.as_str().to_owned(),
            role: role.as_str().to_owned(),
            token_hash: token_hash(&token),
            state: "open".to_owned(),
            created_at: now,
            created_by: actor.name(),
            expires_at: now + INVITATION_LIFETIME,
        };
        let (this, actor) = (self.clone(), actor.clone());
        let invitation = self.finish(async move { this.insert_invitation(&actor, row).await }).await?;
        Ok(Invited { invitation, token, account_name })
    }

    async fn insert_invitation(&self, actor: &Actor, row: InvitationRow) -> Result<InvitationView, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if tx.accounts().find(&row.account_id).await?.is_none() {
            return Err(Error::NotFound);
        }
        if tx.members().find_by_email(&row.email).await?.is_some() {
            let message = format!("{} is a member already. Use another email: one belongs to one member.", row.email);
            return Err(invalid("email", message));
        }
        tx.invitations().delete_by_email(&row.account_id, &row.email).await?;
        tx.invitations().insert(&row).await?;
        let event = Event {
            at: row.created_at,
            account_id: &row.account_id,
            actor,
            action: "member.invite",
            key_id: None,
            details: json!({ "email": row.email, "role": row.role }),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        invitation(row)
    }

    /// Takes an invitation back; its link works no longer.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is over or foreign, [`Error::Forbidden`].
    pub async fn withdraw_invitation(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        actor.may_see_members(account_id)?;
        let (this, actor) = (self.clone(), actor.clone());
        let (account_id, id) = (account_id.to_owned(), id.to_owned());
        self.finish(async move { this.withdraw(&actor, &account_id, &id).await }).await
    }

    async fn withdraw(&self, actor: &Actor, account_id: &str, id: &str) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let found = tx.invitations().find(id).await?.filter(|found| found.account_id == account_id);
        let found = found.ok_or(Error::NotFound)?;
        actor.may_manage_members(account_id, Role::parse(&found.role).ok_or(Error::Internal)?)?;
        if !tx.invitations().delete(id).await? {
            return Err(Error::NotFound);
        }
        let event = Event {
            at: self.now(),
            account_id,
            actor,
            action: "member.withdraw",
            key_id: None,
            details: json!({ "email": found.email, "role": found.role }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
