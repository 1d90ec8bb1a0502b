//! Signing out, and sessions that have timed out. Beginning a session is in `sign_in`.

use super::MemberSessions;
use crate::actor::Viewer;
use crate::error::Error;
use crate::session::{hash_token, is_timed_out};
use secrets::SecretString;

impl MemberSessions {
    /// The email of the member whose session this was, if it ended by its time-out: sign-in then asks for the password
    /// only. Ended in any other way, by signing out above all, nothing tells whose it was. `None` for a session that has
    /// not ended.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn find_email_of_timed_out(&self, token: &SecretString) -> Result<Option<String>, Error> {
        let found = self.context.store.sessions().find(&hash_token(token)).await?;
        let now = self.context.now();
        Ok(found.filter(|row| is_timed_out(row.last_seen_at, row.expires_at, now)).map(|row| row.email))
    }

    /// Ends the viewer's session on the server, which makes the cookie worthless.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.sessions().delete(&viewer.session).await?;
        tx.commit().await?;
        Ok(())
    }
}
