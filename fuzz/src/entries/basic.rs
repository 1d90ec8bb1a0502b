//! `Authorization: Basic`: the raw value, and the input as user and password encoded here, because the fuzzer would rarely
//! produce valid base64 by itself.

use adapters::fuzzing::{self as gate, ParsedCredential};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

pub fn basic(data: &[u8]) {
    if let Some(found) = parse_header(&[b"Basic ", data].concat()) {
        let name = found.name.expect("Basic has a user");
        // Only padded standard base64 is accepted, so encoding again reproduces the input.
        let again = STANDARD.encode(format!("{name}:{}", found.key));
        assert_eq!(again.as_bytes(), data.trim_ascii_start());
    }
    let found = parse_header(format!("Basic {}", STANDARD.encode(data)).as_bytes());
    let text = std::str::from_utf8(data).ok();
    let expected = text
        .and_then(|text| text.rsplit_once(':'))
        .filter(|(name, _)| !name.chars().any(char::is_control))
        .map(|(name, key)| (name.to_owned(), key.to_owned()));
    assert_eq!(found.map(|found| (found.name.unwrap_or_default(), found.key)), expected);
}

fn parse_header(value: &[u8]) -> Option<ParsedCredential> {
    let mut headers = HeaderMap::new();
    headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).ok()?);
    gate::credential(&headers)
}
