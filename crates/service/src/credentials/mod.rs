//! Checking what people show to prove who they are: passwords and codes of a second factor, with limits on guessing.
//! Shared by sign-in and by a member's own security settings, which do not depend on each other.

mod recovery_codes;
mod throttle;
mod two_factor;

pub(crate) use recovery_codes::new_recovery_codes;
pub(crate) use throttle::Attempt;
pub use two_factor::code_at;
pub(crate) use two_factor::{AcceptedCode, invalid_code};

use crate::context::Context;
use crate::error::{Error, invalid};
use crate::texts::service_errors as texts;
use secrets::{PasswordHasher, Seal, SecretString};
use std::net::IpAddr;
use std::sync::Arc;
use store::{MemberRow, Tx};
use throttle::Throttle;

/// Checks passwords and codes.
pub(crate) struct Credentials {
    context: Arc<Context>,
    passwords: PasswordHasher,
    throttle: Throttle,
    seal: Seal,
}

impl Credentials {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self {
            passwords: PasswordHasher::new(hash_concurrency()),
            throttle: Throttle::default(),
            seal: Seal::new(&context.pepper, "two-factor secrets"),
            context,
        }
    }

    /// The stored form of a password.
    pub(crate) async fn hash_password(&self, password: &SecretString) -> Result<String, Error> {
        Ok(self.passwords.hash(password, &*self.context.random).await?)
    }

    /// Whether a password matches its stored form; `false` without one, after the same work.
    pub(crate) async fn verify_password(&self, password: &SecretString, stored: Option<&str>) -> Result<bool, Error> {
        Ok(self.passwords.verify(password, stored).await?)
    }

    /// Counts an attempt to guess a password. `is_known` if the person has signed in from this network before.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many failures.
    pub(crate) fn begin_password(&self, client: Option<IpAddr>, email: &str, is_known: bool) -> Result<Attempt, Error> {
        limited(self.throttle.begin_password(client, email, is_known, self.context.now()))
    }

    /// As [`Self::begin_password`], for a two-factor code.
    pub(crate) fn begin_code(&self, client: Option<IpAddr>, email: &str, is_known: bool) -> Result<Attempt, Error> {
        limited(self.throttle.begin_code(client, email, is_known, self.context.now()))
    }

    /// Counts a request for a link for a new password.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many requests from one network, or for one email.
    pub(crate) fn begin_reset(&self, client: Option<IpAddr>, email: &str) -> Result<(), Error> {
        limited(self.throttle.begin_reset(client, email, self.context.now())).map(drop)
    }

    /// Replaces a member's password in the caller's transaction, and ends what the old one began: sessions, sign-ins that
    /// wait for a code, links for a new password.
    pub(crate) async fn replace_password(&self, tx: &mut Tx, member_id: &str, hash: &str) -> Result<(), Error> {
        tx.members().update_password_hash(member_id, hash).await?;
        tx.sessions().delete_by_member(member_id).await?;
        tx.pending_sign_ins().delete_by_member(member_id).await?;
        Ok(tx.password_resets().delete_by_member(member_id).await?)
    }

    /// Takes back an attempt that succeeded.
    pub(crate) fn succeeded(&self, attempt: Attempt) {
        self.throttle.succeeded(attempt);
    }

    /// Checks the password of a signed-in member. Attempts are counted as at sign-in, so that an unattended session is
    /// no way to guess it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `field`, [`Error::Limited`] after too many failures.
    pub(crate) async fn check_own_password(
        &self,
        member: &MemberRow,
        client: Option<IpAddr>,
        typed: &SecretString,
        field: &str,
    ) -> Result<(), Error> {
        let attempt = self.begin_password(client, &member.email, true)?;
        if !self.verify_password(typed, Some(&member.password_hash)).await? {
            return Err(invalid(field, texts::wrong_password()));
        }
        self.succeeded(attempt);
        Ok(())
    }
}

fn limited(begun: Result<Attempt, u64>) -> Result<Attempt, Error> {
    begun.map_err(|retry_after_seconds| Error::Limited { retry_after_seconds })
}

/// Half the cores, so that the other half continues to decide calls.
fn hash_concurrency() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1))
}
