//! Changing one's own password.

use crate::access::{Actor, SignedIn, Viewer};
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use domain::form::FieldErrors;
use domain::member::check_password;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::MemberRow;

impl Keyhatch {
    /// Changes the viewer's password. All their sessions end, and this one goes on under a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` or `password`, [`Error::Limited`] after too many wrong ones.
    pub async fn change_password(
        &self,
        viewer: &Viewer,
        current: &SecretString,
        password: &SecretString,
    ) -> Result<SignedIn, Error> {
        let weak = check_password(password.expose_secret()).err().map(|error| FieldErrors::one("password", error));
        let member = match (self.check_own_password(viewer, current, "current").await, weak) {
            (Ok(member), None) => member,
            (Err(Error::Invalid(wrong)), Some(weak)) => {
                return Err(Error::Invalid(FieldErrors([wrong.0, weak.0].concat())));
            }
            (Ok(_), Some(weak)) => return Err(Error::Invalid(weak)),
            (Err(error), _) => return Err(error),
        };
        let password_hash = self.passwords().hash(password, self.random()).await?;
        let (this, viewer) = (self.clone(), viewer.clone());
        self.finish(async move { this.set_own_password(&viewer, &member, &password_hash).await }).await
    }

    async fn set_own_password(&self, viewer: &Viewer, member: &MemberRow, hash: &str) -> Result<SignedIn, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let now = tx.members().find(&member.id).await?.ok_or(Error::Unauthenticated)?;
        if now.password_hash != member.password_hash {
            return Err(invalid("current", "Your password has been changed meanwhile."));
        }
        tx.members().update_password_hash(&member.id, hash).await?;
        tx.sessions().delete_by_member(&member.id).await?;
        tx.pending_sign_ins().delete_by_member(&member.id).await?;
        let token = self.begin_session(&mut tx, &member.id, viewer.address).await?;
        let event = Event {
            at: self.now(),
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action: "password.change",
            key_id: None,
            details: json!({}),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }

    /// The viewer's row, if this is their password. Counted as signing in is: a session that somebody left open must not
    /// be a way to guess.
    pub(super) async fn check_own_password(
        &self,
        viewer: &Viewer,
        typed: &SecretString,
        field: &str,
    ) -> Result<MemberRow, Error> {
        let member = self.store().members().find(&viewer.member_id).await?.ok_or(Error::Unauthenticated)?;
        let attempt = self
            .throttle()
            .begin(viewer.address, &member.email, true, self.now())
            .map_err(|retry_after_seconds| Error::Limited { retry_after_seconds })?;
        if !self.passwords().verify(typed, Some(&member.password_hash)).await? {
            return Err(invalid(field, "This is not your password."));
        }
        self.throttle().succeeded(attempt);
        Ok(member)
    }
}
