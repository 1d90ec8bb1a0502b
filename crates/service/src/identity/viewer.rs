//! The member behind a session's token.

use super::Identity;
use crate::actor::{OpenAccount, Viewer};
use crate::error::Error;
use crate::session::{hash_token, is_timed_out};
use domain::member::Role;
use domain::time::Millis;
use i18n::Locale;
use secrets::SecretString;
use std::net::IpAddr;

/// How often a session's last use is written, in milliseconds: reading pages should not write rows.
const TOUCH_INTERVAL: Millis = 5 * 60_000;

impl Identity {
    /// The member whose session this is. Role and account are read from the database each time.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] if there is no such session or it has ended; [`Error::TwoFactorRequired`] if the
    /// account requires two-factor codes and the member has not set them up.
    pub async fn viewer(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Viewer, Error> {
        let viewer = self.find_viewer(token, address).await?;
        if viewer.two_factor_due_at.is_some_and(|due| due <= self.context.now()) {
            return Err(Error::TwoFactorRequired);
        }
        Ok(viewer)
    }

    /// As [`Self::viewer`], also for a member who must set up two-factor codes first. Only for the member's own
    /// security settings and for signing out.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] if there is no such session or it has ended.
    pub async fn viewer_of_own_security(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Viewer, Error> {
        self.find_viewer(token, address).await
    }

    async fn find_viewer(&self, token: &SecretString, address: Option<IpAddr>) -> Result<Viewer, Error> {
        let session = hash_token(token);
        let now = self.context.now();
        let found = self.context.store.sessions().find(&session).await?.ok_or(Error::Unauthenticated)?;
        if is_timed_out(found.last_seen_at, found.expires_at, now) {
            return Err(Error::Unauthenticated);
        }
        let role = Role::parse(&found.role).ok_or(Error::Unauthenticated)?;
        if found.last_seen_at + TOUCH_INTERVAL <= now {
            self.touch_session(&session, now).await;
        }
        // A viewer sees the own account only, even if a sub-account is still open from a former role.
        let open = found.open_account_id.zip(found.open_account_name).filter(|_| role != Role::Viewer);
        Ok(Viewer {
            open: open.map(|(id, name)| OpenAccount { id, name }),
            has_sub_accounts: found.has_sub_accounts && role != Role::Viewer,
            member_id: found.member_id,
            email: found.email,
            role,
            account_id: found.account_id,
            account_name: found.account_name,
            two_factor_due_at: found.two_factor_due_at,
            // One that this version does not speak counts as none.
            language: found.language.as_deref().and_then(Locale::parse),
            address,
            session,
        })
    }

    /// Records the session's last use. A failure is logged only, because it must not fail the request.
    async fn touch_session(&self, session: &[u8], now: Millis) {
        let touched = async {
            let mut tx = self.context.store.begin().await?;
            tx.sessions().update_last_seen(session, now).await?;
            tx.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "a session's last use was not written");
        }
    }
}
