//! Sessions: 256 random bits in a cookie, their hash in the database, an idle and an absolute end.

use super::{OpenAccount, Viewer};
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::random::{self, Random};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::member::Role;
use domain::time::Millis;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use store::{SessionRow, Tx};

const MINUTE: Millis = 60_000;
/// A session ends when nothing was asked with it for this many milliseconds: 12 hours.
pub const SESSION_IDLE: Millis = 12 * 60 * MINUTE;
/// A session ends this many milliseconds after signing in, whatever is done with it: 7 days.
const SESSION_LIFETIME: Millis = 7 * 24 * 60 * MINUTE;
/// The last use is written at most once in this time, so that reading pages does not write rows.
const TOUCH_AFTER: Millis = 5 * MINUTE;

/// The hash of a token, which is all that the database holds of it.
pub(crate) fn hash(token: &SecretString) -> Vec<u8> {
    Sha256::digest(token.expose_secret().as_bytes()).to_vec()
}

/// Whether a session has ended by itself.
pub(crate) fn is_over(last_seen_at: Millis, expires_at: Millis, now: Millis) -> bool {
    expires_at <= now || last_seen_at + SESSION_IDLE <= now
}

/// 256 random bits for a cookie or a link.
pub(crate) fn new_token(random: &dyn Random) -> SecretString {
    SecretString::from(URL_SAFE_NO_PAD.encode(random::bytes::<32>(random)))
}

impl Keyhatch {
    /// Begins a session in the caller's transaction.
    pub(crate) async fn begin_session(
        &self,
        tx: &mut Tx,
        member_id: &str,
        address: Option<IpAddr>,
    ) -> Result<SecretString, Error> {
        let token = new_token(self.random());
        let now = self.now();
        tx.sessions()
            .insert(&SessionRow {
                token_hash: hash(&token),
                member_id: member_id.to_owned(),
                created_at: now,
                last_seen_at: now,
                expires_at: now + SESSION_LIFETIME,
                address: address.map(|address| address.to_string()).unwrap_or_default(),
            })
            .await?;
        Ok(token)
    }

    /// The member whose session this is. What they may do is read anew each time.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] if there is no such session or it has ended; [`Error::TwoFactorRequired`] if the
    /// account requires two-factor codes and the member has not set them up.
    pub async fn viewer(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Viewer, Error> {
        match self.found_viewer(token, address).await? {
            (_, true) => Err(Error::TwoFactorRequired),
            (viewer, false) => Ok(viewer),
        }
    }

    /// The same for a member who has to set up two-factor codes first: good for their own security and for signing out,
    /// and for nothing else.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] if there is no such session or it has ended.
    pub async fn viewer_of_own_security(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Viewer, Error> {
        Ok(self.found_viewer(token, address).await?.0)
    }

    async fn found_viewer(&self, token: &SecretString, address: Option<IpAddr>) -> Result<(Viewer, bool), Error> {
        let session = hash(token);
        let now = self.now();
        let found = self.store().sessions().find(&session).await?.ok_or(Error::Unauthenticated)?;
        if is_over(found.last_seen_at, found.expires_at, now) {
            return Err(Error::Unauthenticated);
        }
        let role = Role::parse(&found.role).ok_or(Error::Unauthenticated)?;
        if found.last_seen_at + TOUCH_AFTER <= now {
            self.touch(&session, now).await;
        }
        // Who only looks has no business below the own account, though it may be open from before.
        let open = found.open_account_id.zip(found.open_account_name).filter(|_| role != Role::Viewer);
        let viewer = Viewer {
            open: open.map(|(id, name)| OpenAccount { id, name }),
            has_sub_accounts: found.has_sub_accounts && role != Role::Viewer,
            member_id: found.member_id,
            email: found.email,
            role,
            account_id: found.account_id,
            account_name: found.account_name,
            address,
            session,
        };
        Ok((viewer, found.needs_two_factor))
    }

    /// A page is not refused because its reader's last use could not be written.
    async fn touch(&self, session: &[u8], now: Millis) {
        let touched = async {
            let mut tx = self.store().begin().await?;
            tx.sessions().update_last_seen(session, now).await?;
            tx.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "a session's last use was not written");
        }
    }

    /// Ends the viewer's session on the server; the cookie is worth nothing from then on.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), Error> {
        let mut tx = self.store().begin().await?;
        tx.sessions().delete(&viewer.session).await?;
        tx.commit().await?;
        Ok(())
    }
}
