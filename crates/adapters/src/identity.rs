//! Who called, as headers for the server behind the gateway. All five are always sent, empty where there is nothing:
//! a gateway may keep a header of that name that the caller sent if the gate leaves it out.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue};
use service::gate::Identity;

const KEY_ID: HeaderName = HeaderName::from_static("x-keyhatch-key-id");
const KEY_NAME: HeaderName = HeaderName::from_static("x-keyhatch-key-name");
const ACCOUNT: HeaderName = HeaderName::from_static("x-keyhatch-account");
const ENVIRONMENT: HeaderName = HeaderName::from_static("x-keyhatch-environment");
const PRIVILEGES: HeaderName = HeaderName::from_static("x-keyhatch-privileges");

/// In the order in which [`headers`] fills them in.
const NAMES: [HeaderName; 5] = [KEY_ID, KEY_NAME, ACCOUNT, ENVIRONMENT, PRIVILEGES];

/// All five, empty. A copy of it spares looking up the place of each name anew for every call.
static EMPTY: LazyLock<HeaderMap> =
    LazyLock::new(|| NAMES.into_iter().map(|name| (name, HeaderValue::from_static(""))).collect());

pub(super) fn headers(identity: &Identity) -> HeaderMap {
    let values = [
        // Ids, as well as privileges, are made of letters, digits and a few signs.
        plain(identity.id()),
        value(identity.name()),
        plain(identity.account()),
        HeaderValue::from_static(identity.environment()),
        plain(identity.privileges()),
    ];
    let mut headers = EMPTY.clone();
    // A map in which no name stands twice keeps the order in which its names came.
    for (place, value) in headers.values_mut().zip(values) {
        *place = value;
    }
    headers
}

fn plain(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Visible ASCII and spaces as they are, all else and `%` itself percent-encoded as UTF-8: what is between here and
/// the reader may change other bytes.
fn value(text: &str) -> HeaderValue {
    // All of them, without stopping early: so the compiler can look at many at once.
    if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        return plain(text);
    }
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            encoded.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
    HeaderValue::try_from(encoded).unwrap_or(HeaderValue::from_static(""))
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'%'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_the_order_of_the_names() {
        let copy = EMPTY.clone();
        assert_eq!(copy.keys().collect::<Vec<_>>(), NAMES.iter().collect::<Vec<_>>());
        assert_eq!(copy.values().count(), NAMES.len());
    }

    #[test]
    fn values_survive_every_hop() {
        for (text, sent) in [
            ("", ""),
            ("Web shop", "Web shop"),
            ("contacts:read orders:write", "contacts:read orders:write"),
            ("100%", "100%25"),
            ("Büro", "B%C3%BCro"),
            ("鍵", "%E9%8D%B5"),
            ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"),
        ] {
            assert_eq!(value(text), sent, "{text}");
        }
    }
}
