//! `Authorization: Basic`: as it is sent, and as user and password that are encoded here, which the fuzzer would hardly
//! ever do right by itself.

use adapters::fuzzing::{self as gate, ParsedCredential};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

pub fn basic(data: &[u8]) {
    if let Some(found) = read(&[b"Basic ", data].concat()) {
        let name = found.name.expect("Basic has a user");
        // Only the standard alphabet with its padding is read, so encoding again gives what was sent.
        let again = STANDARD.encode(format!("{name}:{}", found.key));
        assert_eq!(again.as_bytes(), data.trim_ascii_start());
    }
    let found = read(format!("Basic {}", STANDARD.encode(data)).as_bytes());
    let text = std::str::from_utf8(data).ok();
    let expected = text
        .and_then(|text| text.rsplit_once(':'))
        .filter(|(name, _)| !name.chars().any(char::is_control))
        .map(|(name, key)| (name.to_owned(), key.to_owned()));
    assert_eq!(found.map(|found| (found.name.unwrap_or_default(), found.key)), expected);
}

fn read(value: &[u8]) -> Option<ParsedCredential> {
    let mut headers = HeaderMap::new();
    headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).ok()?);
    gate::credential(&headers)
}
