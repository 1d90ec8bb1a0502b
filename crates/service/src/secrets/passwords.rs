//! What people choose: argon2id, on a bounded pool, with the same work for an unknown person.

use crate::error::Error;
use crate::random::{self, Random};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane (about 12 ms here).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many wait for their turn: about as many as get it in time. Whoever comes later would wait in vain and only hold a
/// connection of the console, so it is told at once.
const QUEUE: usize = 256;
/// How long a sign-in waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and compares passwords, a few at a time, so that a flood of sign-ins cannot take the machine.
pub(crate) struct Passwords {
    queue: Semaphore,
    turns: Arc<Semaphore>,
    dummy: String,
}

impl Passwords {
    /// `at_once` hashes run at the same time.
    pub(crate) fn new(at_once: usize, random: &dyn Random) -> Self {
        let dummy = hash("nobody has this password", &random::bytes(random));
        Self { queue: Semaphore::new(QUEUE), turns: Arc::new(Semaphore::new(at_once)), dummy }
    }

    /// The stored form (a PHC string) of a password.
    pub(crate) async fn hash(&self, password: &SecretString, random: &dyn Random) -> Result<String, Error> {
        let salt = random::bytes::<16>(random);
        let password = password.clone();
        self.run(move || hash(password.expose_secret(), &salt)).await
    }

    /// Whether the password belongs to `stored`. Takes the same time without one.
    pub(crate) async fn verify(&self, password: &SecretString, stored: Option<&str>) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.dummy).to_owned();
        let password = password.clone();
        let same = self.run(move || verify(password.expose_secret(), &stored)).await?;
        Ok(same && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let too_many = || Error::Limited { retry_after_seconds: PATIENCE.as_secs() };
        let place = self.queue.try_acquire().map_err(|_| too_many())?;
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(|_| too_many())?
            .map_err(|_| Error::Internal)?;
        drop(place);
        // The turn moves along: a caller that hangs up must not let a second hash start beside this one.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(|_| Error::Internal)
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the constants are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str, salt: &[u8; 16]) -> String {
    let hash: PasswordHash = argon2()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("a salt of 16 bytes and a password below 4 GiB can be hashed");
    hash.to_string()
}

fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| argon2().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    /// By structure, as time cannot be told in a test: nobody's password goes through the same turns and the same
    /// function, with a hash of the same cost.
    #[tokio::test]
    async fn an_unknown_person_takes_a_turn_and_a_hash() {
        let passwords = Passwords::new(1, &SystemRandom);
        let password = SecretString::from("nobody has this password");
        let stored = passwords.hash(&password, &SystemRandom).await.unwrap();
        let cost = |hash: &str| hash.rsplitn(3, '$').last().map(ToOwned::to_owned);
        assert_eq!(cost(&passwords.dummy), cost(&stored));
        assert_eq!(cost(&stored).as_deref(), Some("$argon2id$v=19$m=19456,t=2,p=1"));
        assert_eq!(passwords.verify(&password, Some(&stored)).await, Ok(true));
        assert!(verify(password.expose_secret(), &passwords.dummy), "compared, and right");
        assert_eq!(passwords.verify(&password, None).await, Ok(false), "and refused all the same");
        passwords.turns.close();
        assert_eq!(passwords.verify(&password, Some(&stored)).await, Err(Error::Internal));
        assert_eq!(passwords.verify(&password, None).await, Err(Error::Internal), "it asked for a turn too");
    }

    #[tokio::test]
    async fn nobody_queues_behind_a_flood() {
        let passwords = Passwords::new(1, &SystemRandom);
        let password = SecretString::from("wrong");
        let _busy = Arc::clone(&passwords.turns).acquire_owned().await.unwrap();
        let mut waiting: Vec<_> = (0..QUEUE).map(|_| Box::pin(passwords.verify(&password, None))).collect();
        for one in &mut waiting {
            assert!(
                std::future::poll_fn(|context| std::task::Poll::Ready(one.as_mut().poll(context))).await.is_pending()
            );
        }
        assert!(matches!(passwords.verify(&password, None).await, Err(Error::Limited { .. })));
        drop(waiting.pop());
        let mut next = Box::pin(passwords.verify(&password, None));
        assert!(std::future::poll_fn(|context| std::task::Poll::Ready(next.as_mut().poll(context))).await.is_pending());
    }
}
