//! The headers in which a caller may have sent a credential, collected in one pass: a hash lookup for each name took
//! longer than reading the few headers that a gateway sends. Parsing their values is `credential`.

use http::{HeaderMap, HeaderValue};

use super::KeyPrefixes;

/// The values of one header name.
#[derive(Clone, Copy, Default)]
pub(super) enum HeaderValues<'a> {
    #[default]
    None,
    One(&'a HeaderValue),
    Several,
}

impl<'a> HeaderValues<'a> {
    fn add(&mut self, value: &'a HeaderValue) {
        *self = if matches!(self, Self::None) { Self::One(value) } else { Self::Several };
    }
}

/// The credential headers of a request.
#[derive(Default)]
pub struct CredentialHeaders<'a> {
    pub(super) authorization: HeaderValues<'a>,
    pub(super) api_key: HeaderValues<'a>,
    /// Whether the caller's request target, as a gateway repeats it in a header, carries a credential.
    pub(super) is_in_target: bool,
}

impl<'a> CredentialHeaders<'a> {
    /// Collects the credential headers of a request.
    pub fn from_headers(headers: &'a HeaderMap, prefixes: &KeyPrefixes) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            match name.as_str() {
                "authorization" => found.authorization.add(value),
                "x-api-key" => found.api_key.add(value),
                "x-original-uri" | "x-forwarded-uri" => {
                    found.is_in_target |= prefixes.occur_in_target(value.as_bytes());
                }
                _ => {}
            }
        }
        found
    }
}
