//! Credentials of `keyhatch check`, which make the gate answer in a way that no key can be made to: that a limit is
//! reached, that it cannot know, nothing at all. Each turns the call away, so one that leaks opens nothing; each is
//! signed with the pepper and good for ten minutes, so nobody else can make one.

use crate::keyhatch::Keyhatch;
use crate::secrets::pepper::hex;
use domain::time::Millis;
use hmac::Mac;
use secrecy::SecretString;
use subtle::ConstantTimeEq;

const LIFE: Millis = 10 * 60 * 1_000;

/// What the gate is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// Answer that a limit is reached.
    Limited,
    /// Answer that it cannot know.
    Unknowable,
    /// Answer nothing.
    Silent,
}

impl Probe {
    const ALL: [Self; 3] = [Self::Limited, Self::Unknowable, Self::Silent];

    fn word(self) -> &'static str {
        match self {
            Self::Limited => "limited",
            Self::Unknowable => "unknowable",
            Self::Silent => "silent",
        }
    }
}

impl Keyhatch {
    /// A credential that makes every gate of this pepper do so, for ten minutes.
    pub fn sign_probe(&self, probe: Probe) -> SecretString {
        let body = format!("{}{}_{}", self.probe_mark(), probe.word(), self.now().saturating_add(LIFE));
        SecretString::from(format!("{body}_{}", self.probe_signature(&body)))
    }

    /// What a credential of a check asks for; `None` for every other credential.
    pub fn read_probe(&self, credential: &str) -> Option<Probe> {
        // Nearly every credential is a key, and leaves here.
        let rest = credential.strip_prefix(&self.policy().key_prefix)?.strip_prefix("_check_")?;
        let (body, signature) = credential.rsplit_once('_')?;
        if !bool::from(self.probe_signature(body).as_bytes().ct_eq(signature.as_bytes())) {
            return None;
        }
        let mut parts = rest.split('_');
        let (word, ends) = (parts.next()?, parts.next()?.parse::<Millis>().ok()?);
        (self.now() < ends).then(|| Probe::ALL.into_iter().find(|probe| probe.word() == word)).flatten()
    }

    fn probe_mark(&self) -> String {
        format!("{}_check_", self.policy().key_prefix)
    }

    fn probe_signature(&self, body: &str) -> String {
        let mut mac = self.pepper().derive("gateway check");
        mac.update(body.as_bytes());
        hex(&mac.finalize().into_bytes()[..16])
    }
}
