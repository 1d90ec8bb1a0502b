//! Probes: credentials of `keyhatch check` that make the gate give answers no key can provoke (a reached limit, an
//! unavailable decision, silence). Every probe is turned away, so a leaked one opens nothing. Each is signed with a key
//! derived from the pepper and expires after ten minutes.

use crate::credential::CredentialReader;
use crate::gate::Gate;
use domain::time::Millis;
use hmac::Mac;
use secrets::{SecretString, hex};
use subtle::ConstantTimeEq;

const LIFETIME: Millis = 10 * 60 * 1_000;

/// The answer that a probe asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// A limit is reached.
    Limited,
    /// The decision is unavailable.
    Unavailable,
    /// No answer at all.
    Silent,
}

impl Probe {
    const ALL: [Self; 3] = [Self::Limited, Self::Unavailable, Self::Silent];

    fn as_str(self) -> &'static str {
        match self {
            Self::Limited => "limited",
            Self::Unavailable => "unavailable",
            Self::Silent => "silent",
        }
    }
}

impl Gate {
    /// A credential that provokes this answer at every gate with the same pepper, for ten minutes.
    pub fn sign_probe(&self, probe: Probe) -> SecretString {
        self.credentials.sign_probe(probe, self.clock.now().saturating_add(LIFETIME))
    }

    /// The answer that a credential asks for; `None` for every credential that is not a valid probe.
    pub fn parse_probe(&self, credential: &str) -> Option<Probe> {
        self.credentials.parse_probe(credential, || self.clock.now())
    }
}

impl CredentialReader {
    fn sign_probe(&self, probe: Probe, expires_at: Millis) -> SecretString {
        let body = format!("{}_check_{}_{expires_at}", self.prefix, probe.as_str());
        SecretString::from(format!("{body}_{}", self.probe_signature(&body)))
    }

    fn parse_probe(&self, credential: &str, now: impl FnOnce() -> Millis) -> Option<Probe> {
        // Nearly every credential is a key and returns here.
        let rest = credential.strip_prefix(self.prefix.as_str())?.strip_prefix("_check_")?;
        let (body, signature) = credential.rsplit_once('_')?;
        if !bool::from(self.probe_signature(body).as_bytes().ct_eq(signature.as_bytes())) {
            return None;
        }
        let mut parts = rest.split('_');
        let (word, expires_at) = (parts.next()?, parts.next()?.parse::<Millis>().ok()?);
        (now() < expires_at).then(|| Probe::ALL.into_iter().find(|probe| probe.as_str() == word)).flatten()
    }

    fn probe_signature(&self, body: &str) -> String {
        let mut mac = self.pepper.derive("gateway check");
        mac.update(body.as_bytes());
        hex(&mac.finalize().into_bytes()[..16])
    }
}
