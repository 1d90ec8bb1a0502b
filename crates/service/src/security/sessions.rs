//! One's own sessions: listing them and ending them.

use super::Security;
use crate::actor::Viewer;
use crate::detached::run_detached;
use crate::error::Error;
use crate::session::is_timed_out;
use domain::time::Millis;
use hmac::Mac;
use secrets::hex;
use serde_json::json;

/// A session of the member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Identifies the session; useless for signing in.
    pub id: String,
    /// The address from which it was begun; empty if unknown.
    pub address: String,
    /// Epoch milliseconds.
    pub began_at: Millis,
    /// Epoch milliseconds, up to five minutes early.
    pub last_seen_at: Millis,
    /// Whether it is the session of this request.
    pub is_this: bool,
}

impl Security {
    /// The viewer's sessions: the current one first, then by last use.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn list_sessions(&self, viewer: &Viewer) -> Result<Vec<SessionView>, Error> {
        let now = self.context.now();
        let rows = self.context.store.sessions().list_by_member(&viewer.member_id).await?;
        let active = rows.into_iter().filter(|row| !is_timed_out(row.last_seen_at, row.expires_at, now));
        let mut views: Vec<SessionView> = active
            .map(|row| SessionView {
                id: self.session_id(&row.token_hash),
                is_this: row.token_hash == viewer.session,
                address: row.address,
                began_at: row.created_at,
                last_seen_at: row.last_seen_at,
            })
            .collect();
        views.sort_by_key(|view| !view.is_this);
        Ok(views)
    }

    /// A public id for a session, which reveals nothing of its token.
    fn session_id(&self, token_hash: &[u8]) -> String {
        let mut mac = self.context.pepper.derive("names of sessions");
        mac.update(token_hash);
        hex(&mac.finalize().into_bytes()[..8])
    }

    /// Ends one of the viewer's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the viewer has no such session.
    pub async fn end_session(&self, viewer: &Viewer, id: &str) -> Result<(), Error> {
        let rows = self.context.store.sessions().list_by_member(&viewer.member_id).await?;
        let found = rows.into_iter().find(|row| self.session_id(&row.token_hash) == id).ok_or(Error::NotFound)?;
        let (this, viewer) = (self.clone(), viewer.clone());
        run_detached(async move { this.delete_sessions(&viewer, Some(&found.token_hash)).await }).await
    }

    /// Ends all of the viewer's sessions except the current one.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_other_sessions(&self, viewer: &Viewer) -> Result<(), Error> {
        let (this, viewer) = (self.clone(), viewer.clone());
        run_detached(async move { this.delete_sessions(&viewer, None).await }).await
    }

    /// Deletes one session, or all except the current one.
    async fn delete_sessions(&self, viewer: &Viewer, one: Option<&[u8]>) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        let ended = match one {
            Some(one) => u64::from(tx.sessions().delete(one).await?),
            None => tx.sessions().delete_others(&viewer.member_id, &viewer.session).await?,
        };
        if ended == 0 {
            return if one.is_some() { Err(Error::NotFound) } else { Ok(()) };
        }
        self.record(&mut tx, viewer, ("session.end", json!({ "sessions": ended }))).await?;
        Ok(tx.commit().await?)
    }
}
