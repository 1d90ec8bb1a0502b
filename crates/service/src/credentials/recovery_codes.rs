//! Recovery codes: ten codes for a member who loses the authenticator app, shown once, stored hashed, each valid once.

use super::Credentials;
use hmac::Mac;
use secrets::{ExposeSecret, Random, SecretString, random_bytes};

/// Codes in a set.
const COUNT: usize = 10;
/// 32 letters and digits that are hard to confuse; five bits each.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 80 bits.
const LENGTH: usize = 16;
/// Characters between hyphens.
const GROUP: usize = 4;

/// A new set of codes, as they are shown.
pub(crate) fn new_recovery_codes(random: &dyn Random) -> Vec<SecretString> {
    (0..COUNT).map(|_| SecretString::from(new_code(random))).collect()
}

fn new_code(random: &dyn Random) -> String {
    let bytes = random_bytes::<LENGTH>(random);
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    code
}

impl Credentials {
    /// The stored form of a code, regardless of case and hyphens.
    pub(super) fn hash_recovery_code(&self, member_id: &str, code: &SecretString) -> Vec<u8> {
        let plain: String = code.expose_secret().chars().filter(|c| *c != '-').collect();
        let mut mac = self.context.pepper.derive("recovery codes");
        mac.update(&(member_id.len() as u64).to_le_bytes());
        mac.update(member_id.as_bytes());
        mac.update(plain.to_lowercase().as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    pub(crate) fn hash_recovery_codes(&self, member_id: &str, codes: &[SecretString]) -> Vec<Vec<u8>> {
        codes.iter().map(|code| self.hash_recovery_code(member_id, code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrets::SystemRandom;

    #[test]
    fn recovery_codes_are_easy_to_copy_and_distinct() {
        let codes = new_recovery_codes(&SystemRandom);
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
