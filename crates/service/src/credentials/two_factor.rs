//! Two-factor codes (TOTP, RFC 6238): six digits, a new code every 30 seconds. A code is accepted one step early or late,
//! and only once.

use super::Credentials;
use crate::error::{Error, invalid};
use crate::texts::service_errors as texts;
use domain::time::Millis;
use secrets::{ExposeSecret, SecretString};
use store::Tx;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// The kind of code that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AcceptedCode {
    /// A code of the authenticator app.
    App,
    /// A recovery code, which is used up.
    Recovery,
}

/// The error for every code that is not accepted.
pub(crate) fn invalid_code() -> Error {
    invalid("code", texts::wrong_code())
}

fn totp(secret: &[u8], product: &str, email: &str) -> Result<Totp, Error> {
    // A colon separates the two in the `otpauth` URL.
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

/// The 30-second step of a code, if it is valid now, one step early or one step late.
fn step_of(secret: &[u8], code: &str, now: Millis) -> Result<Option<i64>, Error> {
    let seconds = u64::try_from(now / 1_000).unwrap_or_default();
    Ok(totp(secret, "", "")?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The code of a base-32 secret at a time in epoch milliseconds, as an authenticator app would show it. For tests.
#[doc(hidden)]
#[must_use]
pub fn code_at(base32: &str, now: Millis) -> Option<String> {
    let secret = Secret::try_from_base32(base32).ok()?;
    let seconds = u64::try_from(now / 1_000).ok()?;
    Some(totp(secret.as_bytes(), "", "").ok()?.generate(seconds).to_string())
}

impl Credentials {
    /// Checks a code of the member in the caller's transaction, and marks it as used. `None` if it is not accepted.
    pub(crate) async fn accept_code(
        &self,
        tx: &mut Tx,
        member_id: &str,
        typed: &SecretString,
    ) -> Result<Option<AcceptedCode>, Error> {
        let typed: String = typed.expose_secret().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let typed = SecretString::from(typed);
        let Some(factor) = tx.two_factor().find(member_id).await?.filter(|factor| factor.confirmed_at.is_some()) else {
            return Ok(None);
        };
        let secret = self.open_two_factor_secret(member_id, &factor.sealed_secret)?;
        if let Some(step) = step_of(&secret, typed.expose_secret(), self.context.now())? {
            return Ok(tx.two_factor().consume_step(member_id, step).await?.then_some(AcceptedCode::App));
        }
        let hash = self.hash_recovery_code(member_id, &typed);
        Ok(tx.two_factor().consume_recovery_code(member_id, &hash).await?.then_some(AcceptedCode::Recovery))
    }

    /// The step of the first code of a second factor that is not confirmed yet.
    pub(crate) fn first_step(&self, member_id: &str, sealed: &[u8], code: &SecretString) -> Result<Option<i64>, Error> {
        let typed: String = code.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
        let secret = self.open_two_factor_secret(member_id, sealed)?;
        step_of(&secret, &typed, self.context.now())
    }

    /// What an authenticator app needs, named after the product and the member.
    pub(crate) fn totp(&self, member_id: &str, sealed: &[u8], email: &str) -> Result<Totp, Error> {
        totp(&self.open_two_factor_secret(member_id, sealed)?, &self.context.policy.product_name, email)
    }

    /// The sealed form of a member's two-factor secret.
    pub(crate) fn seal_two_factor_secret(&self, member_id: &str, secret: &[u8]) -> Vec<u8> {
        self.seal.close(member_id, secret, &*self.context.random)
    }

    fn open_two_factor_secret(&self, member_id: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.seal.open(member_id, sealed).ok_or_else(|| {
            tracing::error!("the secret of a second factor was sealed with another pepper, or modified");
            Error::Internal
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238; its codes have eight digits, of which apps show the last six.
    #[test]
    fn codes_match_the_vectors_of_rfc_6238() {
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
            // There are no steps before 1970, so the first vector has none two steps early.
            assert!(step == 1 || found((step - 1) * 30_000 - 1).is_none(), "two steps early");
        }
        for wrong in ["", "28708", "2870820", "28708a", "２８７０８２", "-87082", "+87082"] {
            assert_eq!(step_of(secret, wrong, 59_000).expect("a good secret"), None, "{wrong}");
        }
    }
}
