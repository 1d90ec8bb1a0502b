//! The second step of signing in: a two-factor code or a recovery code, after the right password.

use super::session::{hash, new_token};
use super::sign_in::SignedIn;
use crate::error::{Error, invalid};
use crate::keyhatch::Keyhatch;
use crate::security::Shown;
use domain::time::Millis;
use secrecy::SecretString;
use serde_json::json;
use std::net::IpAddr;
use store::{MemberRow, PendingSignInRow, Tx};

/// How long the second step may take, milliseconds: 5 minutes.
pub const PENDING_LIFETIME: Millis = 5 * 60 * 1_000;
/// After this many wrong codes the password has to be shown again.
const TRIES: i64 = 5;

impl Keyhatch {
    /// Notes, in the caller's transaction, that the right password was shown. Answers what stands for that.
    pub(super) async fn begin_pending(&self, tx: &mut Tx, member_id: &str) -> Result<SecretString, Error> {
        let token = new_token(self.random());
        let row = PendingSignInRow {
            token_hash: hash(&token),
            member_id: member_id.to_owned(),
            expires_at: self.now() + PENDING_LIFETIME,
            failed_attempts: 0,
        };
        tx.pending_sign_ins().insert(&row).await?;
        Ok(token)
    }

    /// Whether the holder of this token has shown the right password and may show a code now.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn awaits_code(&self, token: &SecretString) -> Result<bool, Error> {
        Ok(self.pending(self.store().pending_sign_ins().find(&hash(token)).await?).is_ok())
    }

    fn pending(&self, found: Option<PendingSignInRow>) -> Result<PendingSignInRow, Error> {
        found.filter(|row| row.expires_at > self.now() && row.failed_attempts < TRIES).ok_or(Error::Unauthenticated)
    }

    /// Ends a pending sign-in with its code, and begins the session under a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a wrong `code`, [`Error::Unauthenticated`] if the password has to be shown again,
    /// [`Error::Limited`] after too many wrong codes.
    pub async fn sign_in_with_code(
        &self,
        token: &SecretString,
        code: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let pending = self.pending(self.store().pending_sign_ins().find(&hash(token)).await?)?;
        let member = self.store().members().find(&pending.member_id).await?.ok_or(Error::Unauthenticated)?;
        let known = self.is_known_there(Some(&member), address).await?;
        let attempt = self
            .throttle()
            .begin_code(address, &member.email, known, self.now())
            .map_err(|retry_after_seconds| Error::Limited { retry_after_seconds })?;
        let (this, code, token) = (self.clone(), code.clone(), pending.token_hash);
        let signed_in = self.finish(async move { this.enter_with_code(&token, &member, &code, address).await }).await?;
        self.throttle().succeeded(attempt);
        Ok(signed_in)
    }

    async fn enter_with_code(
        &self,
        token: &[u8],
        member: &MemberRow,
        code: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        // Read again: of two who show a code at once, one is late.
        self.pending(tx.pending_sign_ins().find(token).await?)?;
        let Some(shown) = self.accept_code(&mut tx, &member.id, code).await? else {
            tx.pending_sign_ins().increment_failed_attempts(token).await?;
            tx.commit().await?;
            return Err(wrong_code());
        };
        tx.pending_sign_ins().delete(token).await?;
        let by = match shown {
            Shown::Code => "code",
            Shown::Recovery => "recovery code",
        };
        let token = self.signed_in(&mut tx, member, address, json!({ "by": by })).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }
}

/// The same words wherever a code is asked for.
pub(crate) fn wrong_code() -> Error {
    invalid("code", "This code is wrong or was used before. Wait for the next one in your app, or use a recovery code.")
}
