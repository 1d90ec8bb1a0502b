//! The second factor of signing in: a two-factor code or a recovery code, after the right password.

use super::MemberSessions;
use crate::credentials::{AcceptedCode, invalid_code};
use crate::detached::run_detached;
use crate::error::Error;
use crate::session::{PENDING_LIFETIME, SignedIn, hash_token, new_token};
use secrets::SecretString;
use serde_json::json;
use std::net::IpAddr;
use store::{MemberRow, PendingSignInRow, Tx};

/// After this many wrong codes the password is required again.
const MAX_ATTEMPTS: i64 = 5;

impl MemberSessions {
    /// Records a right password in the caller's transaction; returns the token of the pending sign-in.
    pub(super) async fn begin_pending(&self, tx: &mut Tx, member_id: &str) -> Result<SecretString, Error> {
        let token = new_token(&*self.context.random);
        let row = PendingSignInRow {
            token_hash: hash_token(&token),
            member_id: member_id.to_owned(),
            expires_at: self.context.now() + PENDING_LIFETIME,
            failed_attempts: 0,
        };
        tx.pending_sign_ins().insert(&row).await?;
        Ok(token)
    }

    /// Whether this is the token of a pending sign-in that waits for its code.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn awaits_code(&self, token: &SecretString) -> Result<bool, Error> {
        Ok(self.check_pending(self.context.store.pending_sign_ins().find(&hash_token(token)).await?).is_ok())
    }

    fn check_pending(&self, found: Option<PendingSignInRow>) -> Result<PendingSignInRow, Error> {
        let now = self.context.now();
        found.filter(|row| row.expires_at > now && row.failed_attempts < MAX_ATTEMPTS).ok_or(Error::Unauthenticated)
    }

    /// Completes a pending sign-in with a code, and begins the session under a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a wrong `code`, [`Error::Unauthenticated`] if the password is required again,
    /// [`Error::Limited`] after too many wrong codes.
    pub async fn sign_in_with_code(
        &self,
        token: &SecretString,
        code: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let pending = self.check_pending(self.context.store.pending_sign_ins().find(&hash_token(token)).await?)?;
        let member = self.context.store.members().find(&pending.member_id).await?.ok_or(Error::Unauthenticated)?;
        let is_known = self.is_known_address(Some(&member), address).await?;
        let attempt = self.credentials.begin_code(address, &member.email, is_known)?;
        let (this, code, token) = (self.clone(), code.clone(), pending.token_hash);
        let signed_in =
            run_detached(async move { this.complete_pending(&token, &member, &code, address).await }).await?;
        self.credentials.succeeded(attempt);
        Ok(signed_in)
    }

    async fn complete_pending(
        &self,
        token: &[u8],
        member: &MemberRow,
        code: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, Error> {
        let mut tx = self.context.store.begin().await?;
        tx.next_generation().await?;
        // Read again: a concurrent request may have completed it.
        self.check_pending(tx.pending_sign_ins().find(token).await?)?;
        let Some(accepted) = self.credentials.accept_code(&mut tx, &member.id, code).await? else {
            tx.pending_sign_ins().increment_failed_attempts(token).await?;
            tx.commit().await?;
            return Err(invalid_code());
        };
        tx.pending_sign_ins().delete(token).await?;
        let by = match accepted {
            AcceptedCode::App => "code",
            AcceptedCode::Recovery => "recovery code",
        };
        let token = self.begin_signed_in(&mut tx, member, address, json!({ "by": by })).await?;
        tx.commit().await?;
        Ok(SignedIn { token, needs_code: false })
    }
}
