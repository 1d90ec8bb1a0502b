//! One's own sessions: where one is signed in, and ending it there.

use crate::access::{Actor, Viewer, is_over};
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::secrets::pepper::hex;
use domain::time::Millis;
use hmac::Mac;
use serde_json::json;

/// A place where the member is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Names the session; nobody can sign in with it.
    pub id: String,
    /// From which address it was begun; empty if that was not known.
    pub address: String,
    /// Epoch milliseconds.
    pub began_at: Millis,
    /// Epoch milliseconds, up to five minutes early.
    pub last_seen_at: Millis,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl Keyhatch {
    /// Where the viewer is signed in: here first, then the one used last.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn list_sessions(&self, viewer: &Viewer) -> Result<Vec<SessionView>, Error> {
        let now = self.now();
        let rows = self.store().sessions().list_by_member(&viewer.member_id).await?;
        let living = rows.into_iter().filter(|row| !is_over(row.last_seen_at, row.expires_at, now));
        let mut views: Vec<SessionView> = living
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

    /// A name for a session that tells nothing about what is stored of it.
    fn session_id(&self, token_hash: &[u8]) -> String {
        let mut mac = self.pepper().derive("names of sessions");
        mac.update(token_hash);
        hex(&mac.finalize().into_bytes()[..8])
    }

    /// Ends one of the viewer's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it has ended already or is nobody's.
    pub async fn end_session(&self, viewer: &Viewer, id: &str) -> Result<(), Error> {
        let rows = self.store().sessions().list_by_member(&viewer.member_id).await?;
        let found = rows.into_iter().find(|row| self.session_id(&row.token_hash) == id).ok_or(Error::NotFound)?;
        let (this, viewer) = (self.clone(), viewer.clone());
        self.finish(async move { this.end(&viewer, Some(&found.token_hash)).await }).await
    }

    /// Ends all of the viewer's sessions but the one that asks.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_other_sessions(&self, viewer: &Viewer) -> Result<(), Error> {
        let (this, viewer) = (self.clone(), viewer.clone());
        self.finish(async move { this.end(&viewer, None).await }).await
    }

    async fn end(&self, viewer: &Viewer, one: Option<&[u8]>) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        let ended = match one {
            Some(one) => u64::from(tx.sessions().delete(one).await?),
            None => tx.sessions().delete_others(&viewer.member_id, &viewer.session).await?,
        };
        if ended == 0 {
            return if one.is_some() { Err(Error::NotFound) } else { Ok(()) };
        }
        let event = Event {
            at: self.now(),
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action: "session.end",
            key_id: None,
            details: json!({ "sessions": ended }),
        };
        self.chain().append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
