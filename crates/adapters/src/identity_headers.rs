//! The identity of the caller as headers for the upstream. All five are always sent, empty where there is no value: if the
//! gate left one out, a gateway might keep the header of that name that the caller sent.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use service::gate::AuthenticatedKey;

const KEY_ID: HeaderName = HeaderName::from_static("x-keyhatch-key-id");
const KEY_NAME: HeaderName = HeaderName::from_static("x-keyhatch-key-name");
const ACCOUNT: HeaderName = HeaderName::from_static("x-keyhatch-account");
const ENVIRONMENT: HeaderName = HeaderName::from_static("x-keyhatch-environment");
const PRIVILEGES: HeaderName = HeaderName::from_static("x-keyhatch-privileges");

/// In the order in which [`identity_headers`] fills them in.
const NAMES: [HeaderName; 5] = [KEY_ID, KEY_NAME, ACCOUNT, ENVIRONMENT, PRIVILEGES];

/// All five with empty values. Cloning it saves hashing the five names on every call.
static EMPTY: LazyLock<HeaderMap> =
    LazyLock::new(|| NAMES.into_iter().map(|name| (name, HeaderValue::from_static(""))).collect());

pub(super) fn identity_headers(identity: &AuthenticatedKey) -> HeaderMap {
    let values = [
        // Ids and privileges consist of letters, digits and a few signs.
        ascii_value(identity.id()),
        encoded_value(identity.name()),
        ascii_value(identity.account()),
        HeaderValue::from_static(identity.environment()),
        ascii_value(identity.privileges()),
    ];
    let mut headers = EMPTY.clone();
    // A map without duplicate names keeps the order of insertion.
    for (slot, value) in headers.values_mut().zip(values) {
        *slot = value;
    }
    headers
}

fn ascii_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// What is percent-encoded besides non-ASCII characters.
const ENCODED: &AsciiSet = &CONTROLS.add(b'%');

/// Keeps visible ASCII and spaces, percent-encodes everything else and `%` itself as UTF-8: intermediaries may alter
/// other bytes.
fn encoded_value(text: &str) -> HeaderValue {
    // Tests every byte, without an early exit, so that the compiler can vectorize the loop.
    if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        return ascii_value(text);
    }
    ascii_value(&utf8_percent_encode(text, ENCODED).to_string())
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'%'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clone_keeps_the_order_of_the_names() {
        let copy = EMPTY.clone();
        assert_eq!(copy.keys().collect::<Vec<_>>(), NAMES.iter().collect::<Vec<_>>());
        assert_eq!(copy.values().count(), NAMES.len());
    }

    #[test]
    fn values_are_visible_ascii() {
        for (text, sent) in [
            ("", ""),
            ("Web shop", "Web shop"),
            ("contacts:read orders:write", "contacts:read orders:write"),
            ("100%", "100%25"),
            ("Büro", "B%C3%BCro"),
            ("鍵", "%E9%8D%B5"),
            ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"),
        ] {
            assert_eq!(encoded_value(text), sent, "{text}");
        }
    }
}
