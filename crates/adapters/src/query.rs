//! Query strings: reading one strictly, and finding a credential in one. A key in an address ends up in logs and
//! histories, so a call that carries one there is refused even if a good one stands in a header.

use std::borrow::Cow;

/// Parameters that are never anything but a credential. `key` and `token` are not among them: products use them for
/// other things, so there the value tells.
const CREDENTIAL_NAMES: [&str; 6] = ["api_key", "apikey", "api-key", "x-api-key", "access_token", "access-token"];

/// How keys begin, in both environments, and operator tokens.
#[derive(Debug)]
pub struct KeyMarks([String; 3]);

impl KeyMarks {
    pub fn new(prefix: &str) -> Self {
        Self([format!("{prefix}_live_"), format!("{prefix}_test_"), format!("{prefix}_op_")])
    }

    /// Whether an address carries a credential in its query.
    pub fn stand_in_address(&self, address: &[u8]) -> bool {
        let start = address.iter().position(|byte| *byte == b'?');
        start.is_some_and(|start| self.stand_in_query(&address[start + 1..]))
    }

    /// Whether a query carries a credential.
    pub fn stand_in_query(&self, query: &[u8]) -> bool {
        query.split(|byte| matches!(byte, b'&' | b';' | b'?')).any(|pair| {
            let (name, value) = split_pair(pair);
            let (name, value) = (decode(name), decode(value));
            CREDENTIAL_NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
                || self.0.iter().any(|mark| contains(&value, mark.as_bytes()) || contains(&name, mark.as_bytes()))
        })
    }
}

/// The parameters of a query, decoded. `None` if one is not UTF-8 after decoding.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = Option<(Cow<'_, str>, Cow<'_, str>)>> {
    let pairs = query.as_bytes().split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = split_pair(pair);
        Some((text(name)?, text(value)?))
    })
}

fn text(encoded: &[u8]) -> Option<Cow<'_, str>> {
    match decode(encoded) {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

fn split_pair(pair: &[u8]) -> (&[u8], &[u8]) {
    match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (&pair[..at], &pair[at + 1..]),
        None => (pair, &[]),
    }
}

/// Undoes percent-encoding and `+` once. A broken escape stays as it is.
fn decode(encoded: &[u8]) -> Cow<'_, [u8]> {
    if !encoded.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Cow::Borrowed(encoded);
    }
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, after @ ..] = rest {
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            decoded.push(high << 4 | low);
            rest = &after[2..];
        } else {
            decoded.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    Cow::Owned(decoded)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;
    use http::HeaderMap;

    #[test]
    fn credentials_are_found_in_queries() {
        let marks = KeyMarks::new("kh");
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
            assert!(marks.stand_in_query(query.as_bytes()), "{query}");
        }
        for query in
            ["", "key=colour", "token=next-page", "privilege=contacts:read", "q=100%", "q=%zz", "kh=live", "q=%f"]
        {
            assert!(!marks.stand_in_query(query.as_bytes()), "{query}");
        }
    }

    #[test]
    fn original_addresses_are_searched() {
        let marks = KeyMarks::new("kh");
        for (name, uri, found) in [
            ("x-original-uri", "/contacts?api_key=1", true),
            ("x-forwarded-uri", "/contacts?key=kh_live_1", true),
            ("x-forwarded-uri", "https://api.example.com/contacts?apikey=1", true),
            ("x-original-uri", "/api_key/kh?page=2", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(name, "/first".parse().expect("a value"));
            headers.append(name, uri.parse().expect("a value"));
            assert_eq!(Lines::of(&headers, &marks).are_in_address, found, "{uri}");
        }
    }
}
