//! Turning two-factor codes off.

use crate::access::{Actor, Attempt, Viewer, wrong_code};
use crate::audit::Event;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use secrecy::SecretString;
use serde_json::json;

impl Keyhatch {
    /// Asks for codes no longer. Takes the password and a code, so that an open session alone cannot do it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `password` or `code`, also where the account requires codes; [`Error::Limited`].
    pub async fn turn_off_two_factor(
        &self,
        viewer: &Viewer,
        password: &SecretString,
        code: &SecretString,
    ) -> Result<(), Error> {
        self.check_own_password(viewer, password, "password").await?;
        let attempt = self.begin_own_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        self.finish(async move { this.turn_off(&viewer, &code).await }).await?;
        self.throttle().succeeded(attempt);
        Ok(())
    }

    async fn turn_off(&self, viewer: &Viewer, code: &SecretString) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if tx.accounts().requires_two_factor(&viewer.account_id).await? == Some(true) {
            return Err(invalid("code", "Your account requires two-factor codes. An owner can change that."));
        }
        self.accept_code(&mut tx, &viewer.member_id, code).await?.ok_or_else(wrong_code)?;
        tx.two_factor().delete(&viewer.member_id).await?;
        let event = Event {
            at: self.now(),
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action: "two-factor.off",
            key_id: None,
            details: json!({}),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }

    /// Counts a code that a signed-in member shows: a session left open must not be a way to guess one.
    pub(super) fn begin_own_code(&self, viewer: &Viewer) -> Result<Attempt, Error> {
        self.throttle()
            .begin_code(viewer.address, &viewer.email, true, self.now())
            .map_err(|retry_after_seconds| Error::Limited { retry_after_seconds })
    }
}
