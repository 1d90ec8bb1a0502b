//! Replacing one's own recovery codes.

use super::Security;
use crate::actor::Viewer;
use crate::credentials::{AcceptedCode, invalid_code, new_recovery_codes};
use crate::detached::run_detached;
use crate::error::Error;
use secrets::SecretString;
use serde_json::json;

impl Security {
    /// Creates ten recovery codes that replace all earlier ones. Requires a code of the authenticator app.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `code`, [`Error::Limited`] after too many wrong ones.
    pub async fn create_recovery_codes(
        &self,
        viewer: &Viewer,
        code: &SecretString,
    ) -> Result<Vec<SecretString>, Error> {
        let attempt = self.begin_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        let codes = run_detached(async move { this.replace_recovery_codes(&viewer, &code).await }).await?;
        self.credentials.succeeded(attempt);
        Ok(codes)
    }

    async fn replace_recovery_codes(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let codes = new_recovery_codes(&*self.context.random);
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        if self.credentials.accept_code(&mut tx, &viewer.member_id, code).await? != Some(AcceptedCode::App) {
            return Err(invalid_code());
        }
        let hashes = self.credentials.hash_recovery_codes(&viewer.member_id, &codes);
        tx.two_factor().replace_recovery_codes(&viewer.member_id, &hashes).await?;
        self.record(&mut tx, viewer, ("two_factor.create_recovery_codes", json!({}))).await?;
        tx.commit().await?;
        Ok(codes)
    }
}
