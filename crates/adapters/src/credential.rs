//! The one credential of a call, in the four forms in which a header may carry it. What a key looks like, and whether
//! this is a good one, is not known here; credentials in a query string are found in `query`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::lines::{Found, Lines};

/// What the caller showed. It has no `Debug`, since it holds a secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential<'a> {
    /// The key alone.
    Key(&'a str),
    /// User and password: the key's name and its value.
    Named { name: String, key: String },
}

impl Credential<'_> {
    pub fn key(&self) -> &str {
        match self {
            Self::Key(key) => key,
            Self::Named { key, .. } => key,
        }
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Named { name, .. } => Some(name),
        }
    }
}

/// Why no credential was taken from the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialError {
    /// There is none.
    Missing,
    /// There is one in none of the four forms.
    Malformed,
    /// There are several: which one counts must not depend on who reads them.
    Several,
}

/// Reads `Authorization` and `X-Api-Key`.
pub fn read<'a>(lines: &Lines<'a>) -> Result<Credential<'a>, CredentialError> {
    match (lines.authorization, lines.api_key) {
        (Found::None, Found::None) => Err(CredentialError::Missing),
        (Found::One(only), Found::None) => authorization(text(only)?),
        (Found::None, Found::One(only)) => Ok(Credential::Key(text(only)?)),
        _ => Err(CredentialError::Several),
    }
}

fn text(value: &HeaderValue) -> Result<&str, CredentialError> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| CredentialError::Malformed)
}

fn authorization(value: &str) -> Result<Credential<'_>, CredentialError> {
    let (scheme, rest) = value.split_once(' ').ok_or(CredentialError::Malformed)?;
    let rest = rest.trim_start_matches(' ');
    if scheme.eq_ignore_ascii_case("ApiKey") || scheme.eq_ignore_ascii_case("Bearer") {
        Ok(Credential::Key(rest))
    } else if scheme.eq_ignore_ascii_case("Basic") {
        basic(rest)
    } else {
        Err(CredentialError::Malformed)
    }
}

/// RFC 7617, with one difference: the last colon ends the name, since a key's name may hold one and its value never.
fn basic(encoded: &str) -> Result<Credential<'static>, CredentialError> {
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
    use crate::query::KeyMarks;
    use http::{HeaderMap, HeaderName};

    const KEY: &str = "kh_live_0123456789abcdef";

    fn asked(lines: &[(&str, &str)]) -> Result<(Option<String>, String), CredentialError> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            let name: HeaderName = name.parse().expect("a header name");
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header value"));
        }
        read(&Lines::of(&headers, &KeyMarks::new("kh")))
            .map(|found| (found.name().map(str::to_owned), found.key().to_owned()))
    }

    fn basic_of(text: &[u8]) -> String {
        format!("Basic {}", STANDARD.encode(text))
    }

    #[test]
    fn the_four_forms() {
        for value in
            [&format!("ApiKey {KEY}"), &format!("apikey {KEY}"), &format!("Bearer {KEY}"), &format!("BEARER  {KEY}")]
        {
            assert_eq!(asked(&[("authorization", value)]), Ok((None, KEY.to_owned())), "{value}");
        }
        assert_eq!(asked(&[("x-api-key", KEY)]), Ok((None, KEY.to_owned())));
        for name in ["", "Büro", "a:b", "web shop"] {
            let value = basic_of(format!("{name}:{KEY}").as_bytes());
            assert_eq!(asked(&[("authorization", &value)]), Ok((Some(name.to_owned()), KEY.to_owned())), "{name}");
        }
    }

    #[test]
    fn what_is_none_of_them() {
        assert_eq!(asked(&[]), Err(CredentialError::Missing));
        let no_padding = basic_of(b"ab:kh").trim_end_matches('=').to_owned();
        let control = basic_of(format!("a\nb:{KEY}").as_bytes());
        let not_utf8 = basic_of(b"\xff:kh");
        let no_colon = basic_of(KEY.as_bytes());
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
            assert_eq!(asked(&[("authorization", value)]), Err(CredentialError::Malformed), "{value}");
        }
    }

    #[test]
    fn a_second_credential_is_refused() {
        let bearer = format!("Bearer {KEY}");
        for lines in [
            [("authorization", bearer.as_str()), ("authorization", bearer.as_str())],
            [("x-api-key", KEY), ("x-api-key", KEY)],
            [("authorization", bearer.as_str()), ("x-api-key", KEY)],
            [("authorization", "Digest a"), ("x-api-key", KEY)],
            [("authorization", ""), ("x-api-key", KEY)],
        ] {
            assert_eq!(asked(&lines), Err(CredentialError::Several));
        }
    }
}
