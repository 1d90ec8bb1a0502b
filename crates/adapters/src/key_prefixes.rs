//! Detecting a credential in a query string. A key in a URL ends up in logs and browser histories, so such a call is
//! refused even if a valid key is sent in a header.

use super::query::{decode, split_pair};

/// Parameters that are always a credential. `key` and `token` are missing: products use them for other things, so there
/// the value decides.
const CREDENTIAL_NAMES: [&str; 6] = ["api_key", "apikey", "api-key", "x-api-key", "access_token", "access-token"];

/// The prefixes of keys of both environments and of operator tokens.
#[derive(Debug)]
pub struct KeyPrefixes([String; 3]);

impl KeyPrefixes {
    /// The prefixes for a product's key prefix, such as `kh`.
    pub fn new(prefix: &str) -> Self {
        Self([format!("{prefix}_live_"), format!("{prefix}_test_"), format!("{prefix}_op_")])
    }

    /// Whether the query of a request target contains a credential.
    pub fn occur_in_target(&self, target: &[u8]) -> bool {
        let start = target.iter().position(|byte| *byte == b'?');
        start.is_some_and(|start| self.occur_in_query(&target[start + 1..]))
    }

    /// Whether a query contains a credential.
    pub fn occur_in_query(&self, query: &[u8]) -> bool {
        query.split(|byte| matches!(byte, b'&' | b';' | b'?')).any(|pair| {
            let (name, value) = split_pair(pair);
            let (name, value) = (decode(name), decode(value));
            CREDENTIAL_NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
                || self.0.iter().any(|prefix| contains(&value, prefix.as_bytes()) || contains(&name, prefix.as_bytes()))
        })
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CredentialHeaders;
    use http::HeaderMap;

    #[test]
    fn credentials_are_detected_in_queries() {
        let prefixes = KeyPrefixes::new("kh");
        for query in [
            "api_key=x",
            "APIKEY=x",
            "a=b&access_token=",
            "a=b;api-key=x",
            "api%5Fkey=x",
            "api_key",
            "key=kh_live_0123",
            "token=kh_test_0123",
            "token=kh_op_0123",
            "q=kh%5Flive%5F0123",
            "q=a?api_key=x",
            "kh_live_0123",
            "X-Api-Key=1",
        ] {
            assert!(prefixes.occur_in_query(query.as_bytes()), "{query}");
        }
        for query in
            ["", "key=colour", "token=next-page", "privilege=contacts:read", "q=100%", "q=%zz", "kh=live", "q=%f"]
        {
            assert!(!prefixes.occur_in_query(query.as_bytes()), "{query}");
        }
    }

    #[test]
    fn credentials_are_detected_in_forwarded_targets() {
        let prefixes = KeyPrefixes::new("kh");
        for (name, uri, found) in [
            ("x-original-uri", "/contacts?api_key=1", true),
            ("x-forwarded-uri", "/contacts?key=kh_live_1", true),
            ("x-forwarded-uri", "https://api.example.com/contacts?apikey=1", true),
            ("x-original-uri", "/api_key/kh?page=2", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(name, "/first".parse().expect("a value"));
            headers.append(name, uri.parse().expect("a value"));
            assert_eq!(CredentialHeaders::from_headers(&headers, &prefixes).is_in_target, found, "{uri}");
        }
    }
}
