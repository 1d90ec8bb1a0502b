//! `Authorization` and `X-Api-Key`; a line of the input that begins with `!` is `X-Api-Key`.

use adapters::fuzzing as gate;
use domain::KeyFormat;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName};

use super::header_lines;

pub fn credential(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n').take(8) {
        match line.strip_prefix(b"!") {
            Some(line) => header_lines::append(&mut headers, &HeaderName::from_static("x-api-key"), line),
            None => header_lines::append(&mut headers, &AUTHORIZATION, line),
        }
    }
    let Some(found) = gate::credential(&headers) else { return };
    assert_eq!(headers.len(), 1, "several credentials are refused");
    assert!(found.name.as_deref().is_none_or(|name| !name.chars().any(char::is_control)));
    let format = KeyFormat::new("kh").expect("a good prefix");
    if let Some(parts) = format.parse(&found.key) {
        assert_eq!(found.key.len(), format.len(parts.environment));
        assert!(found.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        // A key is also detected in a query string.
        assert!(gate::query_contains_credential("kh", format!("a=b&c={}", found.key).as_bytes()));
    }
}
