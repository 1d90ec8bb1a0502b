//! Two-factor codes (TOTP, RFC 6238): six digits, a new one every 30 seconds, one step early or late is good enough, and
//! none is good twice.

use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::time::Millis;
use secrecy::{ExposeSecret, SecretString};
use store::Tx;
use totp_rs::{Builder, Secret, Totp};

/// What apps expect: HMAC-SHA1 with a key of 160 bits.
pub(super) const SECRET_BYTES: usize = 20;

/// Which kind of code was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// One of the app.
    Code,
    /// One of the ten on paper, which is used up.
    Recovery,
}

pub(super) fn totp(secret: &[u8], product: &str, email: &str) -> Result<Totp, Error> {
    // A colon parts the two in the address that apps read.
    let named = |text: &str| text.replace(':', " ");
    let built = Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_issuer(Some(named(product)))
        .with_account_name(named(email))
        .build();
    built.map_err(|error| {
        tracing::error!(%error, "a second factor cannot be used");
        Error::Internal
    })
}

/// The step of 30 seconds to which this code belongs, if it is one of now, one step early or one late.
fn step_of(secret: &[u8], code: &str, now: Millis) -> Result<Option<i64>, Error> {
    let seconds = u64::try_from(now / 1_000).unwrap_or_default();
    Ok(totp(secret, "", "")?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The code of a secret, as an app writes it in base 32, at a moment: for tests, which have no app.
#[doc(hidden)]
#[must_use]
pub fn code_at(base32: &str, now: Millis) -> Option<String> {
    let secret = Secret::try_from_base32(base32).ok()?;
    let seconds = u64::try_from(now / 1_000).ok()?;
    Some(totp(secret.as_bytes(), "", "").ok()?.generate(seconds).to_string())
}

impl Keyhatch {
    /// Whether this is a code of the member, in the caller's transaction: from then on it is used.
    pub(crate) async fn accept_code(
        &self,
        tx: &mut Tx,
        member_id: &str,
        typed: &SecretString,
    ) -> Result<Option<Shown>, Error> {
        let typed: String = typed.expose_secret().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let typed = SecretString::from(typed);
        let Some(factor) = tx.two_factor().find(member_id).await?.filter(|factor| factor.confirmed_at.is_some()) else {
            return Ok(None);
        };
        let secret = self.seal().open(member_id, &factor.sealed_secret).ok_or_else(cannot_open)?;
        if let Some(step) = step_of(&secret, typed.expose_secret(), self.now())? {
            return Ok(tx.two_factor().consume_step(member_id, step).await?.then_some(Shown::Code));
        }
        let hash = self.recovery_hash(member_id, &typed);
        Ok(tx.two_factor().consume_recovery_code(member_id, &hash).await?.then_some(Shown::Recovery))
    }

    /// The step of a first code, for a second factor that is not confirmed yet.
    pub(super) fn first_step(&self, member_id: &str, sealed: &[u8], code: &SecretString) -> Result<Option<i64>, Error> {
        let typed: String = code.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
        let secret = self.seal().open(member_id, sealed).ok_or_else(cannot_open)?;
        step_of(&secret, &typed, self.now())
    }
}

pub(super) fn cannot_open() -> Error {
    tracing::error!("the secret of a second factor was sealed with another pepper, or changed");
    Error::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The appendix of RFC 6238, whose codes have eight digits: apps show the last six.
    #[test]
    fn the_vectors_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let (now, step) = (seconds * 1_000, seconds / 30);
            let found = |now: i64| step_of(secret, code, now).expect("a good secret");
            assert_eq!(found(now), Some(step), "{code}");
            assert_eq!(code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", now).as_deref(), Some(code));
            assert_eq!(found((step + 1) * 30_000 + 29_999), Some(step), "one step late");
            assert_eq!(found((step - 1) * 30_000), Some(step), "one step early");
            assert_eq!(found((step + 2) * 30_000), None, "two steps late");
            // Before 1970 there are no steps, so the first vector has none that is two early.
            assert!(step == 1 || found((step - 1) * 30_000 - 1).is_none(), "two steps early");
        }
        for wrong in ["", "28708", "2870820", "28708a", "２８７０８２", "-87082", "+87082"] {
            assert_eq!(step_of(secret, wrong, 59_000).expect("a good secret"), None, "{wrong}");
        }
    }
}
