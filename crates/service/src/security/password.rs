//! Updating one's own password.

use super::Security;
use crate::actor::Viewer;
use crate::detached::run_detached;
use crate::error::{Error, invalid};
use crate::session::{SignedIn, begin_session};
use crate::texts::service_errors as texts;
use domain::form::FieldErrors;
use domain::member::check_password;
use secrets::{ExposeSecret, SecretString};
use serde_json::json;
use store::MemberRow;

impl Security {
    /// Updates the viewer's password and ends all their sessions; this one continues under a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` or `password`, [`Error::Limited`] after too many wrong ones.
    pub async fn update_password(
        &self,
        viewer: &Viewer,
        current: &SecretString,
        password: &SecretString,
    ) -> Result<SignedIn, Error> {
        let weak = check_password(password.expose_secret()).err().map(|error| FieldErrors::one("password", error));
        let member = match (self.check_password(viewer, current, "current").await, weak) {
            (Ok(member), None) => member,
            (Err(Error::Invalid(wrong)), Some(weak)) => {
                return Err(Error::Invalid(FieldErrors([wrong.0, weak.0].concat())));
            }
            (Ok(_), Some(weak)) => return Err(Error::Invalid(weak)),
            (Err(error), _) => return Err(error),
        };
        let password_hash = self.credentials.hash_password(password).await?;
        let (this, viewer) = (self.clone(), viewer.clone());
        run_detached(async move { this.write_password(&viewer, &member, &password_hash).await }).await
    }

    async fn write_password(&self, viewer: &Viewer, member: &MemberRow, hash: &str) -> Result<SignedIn, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let current = tx.members().find(&member.id).await?.ok_or(Error::Unauthenticated)?;
        if current.password_hash != member.password_hash {
            return Err(invalid("current", texts::password_changed_meanwhile()));
        }
        self.credentials.replace_password(&mut tx, &member.id, hash).await?;
        let token = begin_session(&self.context, &mut tx, &member.id, viewer.address).await?;
        self.record(&mut tx, viewer, ("password.update", json!({}))).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }
}
