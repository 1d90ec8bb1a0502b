//! Recovery codes: ten for whoever loses the app, shown once, stored hashed, each good once.

use super::codes::Shown;
use crate::access::{Actor, Viewer, wrong_code};
use crate::audit::Event;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::random::{self, Random};
use hmac::Mac;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

/// How many there are.
const COUNT: usize = 10;
/// Letters and digits that cannot be taken for each other; 32 of them, so that each is worth five bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 80 bits, in groups of four that are easy to copy by hand.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// New codes, as they are shown.
pub(super) fn new_codes(random: &dyn Random) -> Vec<SecretString> {
    (0..COUNT).map(|_| SecretString::from(new_code(random))).collect()
}

fn new_code(random: &dyn Random) -> String {
    let bits = random::bytes::<LENGTH>(random);
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    for (at, byte) in bits.iter().enumerate() {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    code
}

impl Keyhatch {
    /// The stored form of a code, however it was typed.
    pub(super) fn recovery_hash(&self, member_id: &str, code: &SecretString) -> Vec<u8> {
        let plain: String = code.expose_secret().chars().filter(|c| *c != '-').collect();
        let mut mac = self.pepper().derive("recovery codes");
        mac.update(&(member_id.len() as u64).to_le_bytes());
        mac.update(member_id.as_bytes());
        mac.update(plain.to_lowercase().as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    pub(super) fn recovery_hashes(&self, member_id: &str, codes: &[SecretString]) -> Vec<Vec<u8>> {
        codes.iter().map(|code| self.recovery_hash(member_id, code)).collect()
    }

    /// Makes ten new recovery codes in place of those that are left; asks for a code of the app.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `code`, [`Error::Limited`] after too many wrong ones.
    pub async fn renew_recovery_codes(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let attempt = self.begin_own_code(viewer)?;
        let (this, viewer, code) = (self.clone(), viewer.clone(), code.clone());
        let codes = self.finish(async move { this.renew(&viewer, &code).await }).await?;
        self.throttle().succeeded(attempt);
        Ok(codes)
    }

    async fn renew(&self, viewer: &Viewer, code: &SecretString) -> Result<Vec<SecretString>, Error> {
        let codes = new_codes(self.random());
        let mut tx = self.store().begin().await?;
        tx.next_generation().await?;
        if self.accept_code(&mut tx, &viewer.member_id, code).await? != Some(Shown::Code) {
            return Err(wrong_code());
        }
        tx.two_factor()
            .replace_recovery_codes(&viewer.member_id, &self.recovery_hashes(&viewer.member_id, &codes))
            .await?;
        let event = Event {
            at: self.now(),
            account_id: &viewer.account_id,
            actor: &Actor::Member(viewer.clone()),
            action: "two-factor.recovery-codes",
            key_id: None,
            details: json!({}),
        };
        self.chain().append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(codes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn codes_can_be_copied_by_hand_and_differ() {
        let codes = new_codes(&SystemRandom);
        assert_eq!(codes.len(), 10);
        for code in &codes {
            let code = code.expose_secret();
            assert_eq!((code.len(), code.split('-').count()), (19, 4), "{code}");
            assert!(code.chars().all(|c| c == '-' || ALPHABET.contains(&(c as u8))));
        }
        let distinct: std::collections::HashSet<&str> = codes.iter().map(ExposeSecret::expose_secret).collect();
        assert_eq!(distinct.len(), 10);
    }
}
