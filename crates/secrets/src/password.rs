//! Password hashing: argon2id on a bounded pool, with the same work for an unknown user as for a known one.

use crate::random::{Random, random_bytes};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane (about 12 ms on a current core).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// In bytes.
const SALT_LEN: usize = 16;
/// Length of the queue: about as many as are served within [`QUEUE_TIMEOUT`]. Later callers are refused immediately
/// instead of holding a connection in vain.
const QUEUE: usize = 256;
/// How long a caller waits for a permit.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a password was neither hashed nor verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HasherError {
    /// The pool and its queue are full.
    #[error("too many passwords are being hashed, try again in {retry_after_seconds} s")]
    Busy {
        /// When to retry, in seconds.
        retry_after_seconds: u64,
    },
    /// The hashing task panicked or the pool was closed.
    #[error("password hashing has stopped")]
    Stopped,
}

/// Hashes and verifies passwords, a few at a time, so that a flood of sign-ins cannot occupy all cores.
pub struct PasswordHasher {
    queue: Semaphore,
    permits: Arc<Semaphore>,
    dummy_hash: String,
}

impl PasswordHasher {
    /// A pool that runs at most `concurrency` hashes at the same time.
    #[must_use]
    pub fn new(concurrency: usize) -> Self {
        let permits = Arc::new(Semaphore::new(concurrency));
        Self { queue: Semaphore::new(QUEUE), permits, dummy_hash: dummy_hash() }
    }

    /// The stored form of a password, a PHC string.
    ///
    /// # Errors
    /// [`HasherError::Busy`] if no permit is free in time.
    pub async fn hash(&self, password: &SecretString, random: &dyn Random) -> Result<String, HasherError> {
        let salt = random_bytes::<SALT_LEN>(random);
        let password = password.clone();
        self.run(move || hash(password.expose_secret(), &salt)).await
    }

    /// Whether the password matches `stored`. Without a stored hash the answer is `false`, after the same work.
    ///
    /// # Errors
    /// [`HasherError::Busy`] if no permit is free in time.
    pub async fn verify(&self, password: &SecretString, stored: Option<&str>) -> Result<bool, HasherError> {
        let is_known = stored.is_some();
        let stored = stored.unwrap_or(&self.dummy_hash).to_owned();
        let password = password.clone();
        let matches = self.run(move || verify(password.expose_secret(), &stored)).await?;
        Ok(matches && is_known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HasherError> {
        let busy = || HasherError::Busy { retry_after_seconds: QUEUE_TIMEOUT.as_secs() };
        let place = self.queue.try_acquire().map_err(|_| busy())?;
        let permit = tokio::time::timeout(QUEUE_TIMEOUT, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|_| HasherError::Stopped)?;
        drop(place);
        // The task owns the permit: if the caller hangs up, its hash still counts until it is done.
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        task.await.map_err(|_| HasherError::Stopped)
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the constants are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str, salt: &[u8; SALT_LEN]) -> String {
    let hash: PasswordHash = argon2()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("a salt of 16 bytes and a password below 4 GiB can be hashed");
    hash.to_string()
}

/// A stored hash that no known password matches and that costs as much as any other. Its salt and its hash are zeros:
/// computing one would be most of the time that a start takes.
fn dummy_hash() -> String {
    let zeros = |bytes: usize| "A".repeat((bytes * 8).div_ceil(6));
    let (salt, hash) = (zeros(SALT_LEN), zeros(Params::DEFAULT_OUTPUT_LEN));
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${hash}")
}

fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| argon2().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    /// Shown by structure because a test cannot measure it: an unknown user's password takes a permit and is compared
    /// with a hash of the same cost and length by the same function.
    #[tokio::test]
    async fn unknown_user_costs_a_permit_and_a_hash() {
        let passwords = PasswordHasher::new(1);
        let password = SecretString::from("correct horse battery staple");
        let stored = passwords.hash(&password, &SystemRandom).await.unwrap();
        let cost = |hash: &str| hash.rsplitn(3, '$').last().map(ToOwned::to_owned);
        let lengths = |hash: &str| hash.split('$').map(str::len).collect::<Vec<_>>();
        assert_eq!(cost(&passwords.dummy_hash), cost(&stored));
        assert_eq!(lengths(&passwords.dummy_hash), lengths(&stored));
        assert_eq!(cost(&stored).as_deref(), Some("$argon2id$v=19$m=19456,t=2,p=1"));
        // Only what can be parsed is compared, and so costs a hash.
        let parsed = PasswordHash::new(&passwords.dummy_hash).expect("a PHC string");
        assert!(parsed.salt.is_some() && parsed.hash.is_some(), "{parsed}");
        assert_eq!(passwords.verify(&password, Some(&stored)).await, Ok(true));
        assert_eq!(passwords.verify(&password, None).await, Ok(false));
        passwords.permits.close();
        assert_eq!(passwords.verify(&password, Some(&stored)).await, Err(HasherError::Stopped));
        assert_eq!(passwords.verify(&password, None).await, Err(HasherError::Stopped), "it needs a permit too");
    }

    #[tokio::test]
    async fn full_queue_refuses_at_once() {
        let passwords = PasswordHasher::new(1);
        let password = SecretString::from("wrong");
        let _busy = Arc::clone(&passwords.permits).acquire_owned().await.unwrap();
        let mut waiting: Vec<_> = (0..QUEUE).map(|_| Box::pin(passwords.verify(&password, None))).collect();
        for one in &mut waiting {
            assert!(
                std::future::poll_fn(|context| std::task::Poll::Ready(one.as_mut().poll(context))).await.is_pending()
            );
        }
        assert!(matches!(passwords.verify(&password, None).await, Err(HasherError::Busy { .. })));
        drop(waiting.pop());
        let mut next = Box::pin(passwords.verify(&password, None));
        assert!(std::future::poll_fn(|context| std::task::Poll::Ready(next.as_mut().poll(context))).await.is_pending());
    }
}
