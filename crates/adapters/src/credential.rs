//! Parsing the credential of a call, in the four forms in which a header may carry it. Whether it is a valid key is
//! decided by the gate; credentials in a query string are detected by `key_prefixes`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::credential_headers::{CredentialHeaders, HeaderValues};

/// A credential as the caller sent it. No `Debug`: it holds a secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential<'a> {
    /// A key without a name.
    Key(&'a str),
    /// Basic authentication: the key's name as user, its value as password.
    Named {
        /// The key's name.
        name: String,
        /// The key.
        key: String,
    },
}

impl Credential<'_> {
    /// The key.
    pub fn key(&self) -> &str {
        match self {
            Self::Key(key) => key,
            Self::Named { key, .. } => key,
        }
    }

    /// The key's name, if the caller sent one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Named { name, .. } => Some(name),
        }
    }
}

/// Why the headers contain no usable credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialError {
    /// No credential header.
    Missing,
    /// A credential header in none of the four forms.
    Malformed,
    /// More than one credential: programs could disagree on which of them counts.
    Several,
}

/// Parses `Authorization` or `X-Api-Key`.
pub fn parse_credential<'a>(headers: &CredentialHeaders<'a>) -> Result<Credential<'a>, CredentialError> {
    match (headers.authorization, headers.api_key) {
        (HeaderValues::None, HeaderValues::None) => Err(CredentialError::Missing),
        (HeaderValues::One(only), HeaderValues::None) => parse_authorization(utf8(only)?),
        (HeaderValues::None, HeaderValues::One(only)) => Ok(Credential::Key(utf8(only)?)),
        _ => Err(CredentialError::Several),
    }
}

fn utf8(value: &HeaderValue) -> Result<&str, CredentialError> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| CredentialError::Malformed)
}

fn parse_authorization(value: &str) -> Result<Credential<'_>, CredentialError> {
    let (scheme, rest) = value.split_once(' ').ok_or(CredentialError::Malformed)?;
    let rest = rest.trim_start_matches(' ');
    if scheme.eq_ignore_ascii_case("ApiKey") || scheme.eq_ignore_ascii_case("Bearer") {
        Ok(Credential::Key(rest))
    } else if scheme.eq_ignore_ascii_case("Basic") {
        parse_basic(rest)
    } else {
        Err(CredentialError::Malformed)
    }
}

/// RFC 7617 with one difference: the last colon ends the user name, because a key's name may contain a colon and its value
/// never does.
fn parse_basic(encoded: &str) -> Result<Credential<'static>, CredentialError> {
    let decoded = STANDARD.decode(encoded).map_err(|_| CredentialError::Malformed)?;
    let text = String::from_utf8(decoded).map_err(|_| CredentialError::Malformed)?;
    let (name, value) = text.rsplit_once(':').ok_or(CredentialError::Malformed)?;
    if name.chars().any(char::is_control) {
        return Err(CredentialError::Malformed);
    }
    Ok(Credential::Named { name: name.to_owned(), key: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyPrefixes;
    use http::{HeaderMap, HeaderName};

    const KEY: &str = "kh_live_0123456789abcdef";

    fn parse(fields: &[(&str, &str)]) -> Result<(Option<String>, String), CredentialError> {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            let name: HeaderName = name.parse().expect("a header name");
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header value"));
        }
        parse_credential(&CredentialHeaders::from_headers(&headers, &KeyPrefixes::new("kh")))
            .map(|credential| (credential.name().map(str::to_owned), credential.key().to_owned()))
    }

    fn encode_basic(text: &[u8]) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    #[test]
    fn four_forms_are_accepted() {
        for value in
            [&format!("ApiKey {KEY}"), &format!("apikey {KEY}"), &format!("Bearer {KEY}"), &format!("BEARER  {KEY}")]
        {
            assert_eq!(parse(&[("authorization", value)]), Ok((None, KEY.to_owned())), "{value}");
        }
        assert_eq!(parse(&[("x-api-key", KEY)]), Ok((None, KEY.to_owned())));
        for name in ["", "Büro", "a:b", "web shop"] {
            let value = encode_basic(format!("{name}:{KEY}").as_bytes());
            assert_eq!(parse(&[("authorization", &value)]), Ok((Some(name.to_owned()), KEY.to_owned())), "{name}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        assert_eq!(parse(&[]), Err(CredentialError::Missing));
        let no_padding = encode_basic(b"ab:kh").trim_end_matches('=').to_owned();
        let control = encode_basic(format!("a\nb:{KEY}").as_bytes());
        let not_utf8 = encode_basic(b"\xff:kh");
        let no_colon = encode_basic(KEY.as_bytes());
        for value in [
            "",
            "ApiKey",
            "ApiKey\tkh",
            KEY,
            "Digest username=\"a\"",
            "Basic",
            "Basic ",
            "Basic ***",
            "Basic a2g=x",
            &no_padding,
            &control,
            &not_utf8,
            &no_colon,
        ] {
            assert_eq!(parse(&[("authorization", value)]), Err(CredentialError::Malformed), "{value}");
        }
    }

    #[test]
    fn a_second_credential_is_refused() {
        let bearer = format!("Bearer {KEY}");
        for fields in [
            [("authorization", bearer.as_str()), ("authorization", bearer.as_str())],
            [("x-api-key", KEY), ("x-api-key", KEY)],
            [("authorization", bearer.as_str()), ("x-api-key", KEY)],
            [("authorization", "Digest a"), ("x-api-key", KEY)],
            [("authorization", ""), ("x-api-key", KEY)],
        ] {
            assert_eq!(parse(&fields), Err(CredentialError::Several));
        }
    }
}
