//! Header lines from bytes: each line of the input is one line of the header.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Appends the lines that hyper would accept as header values.
pub fn append(headers: &mut HeaderMap, name: &HeaderName, data: &[u8]) {
    for line in data.split(|byte| *byte == b'\n').take(32) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(name.clone(), value);
        }
    }
}
