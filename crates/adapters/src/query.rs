//! Strict parsing of a query string.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// The decoded parameters of a query. `None` for a parameter that is not UTF-8 after decoding.
pub(super) fn parse_parameters(query: &str) -> impl Iterator<Item = Option<(Cow<'_, str>, Cow<'_, str>)>> {
    let pairs = query.as_bytes().split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = split_pair(pair);
        Some((decode_utf8(name)?, decode_utf8(value)?))
    })
}

/// Splits `name=value`; a missing value is empty.
pub(super) fn split_pair(pair: &[u8]) -> (&[u8], &[u8]) {
    match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (&pair[..at], &pair[at + 1..]),
        None => (pair, &[]),
    }
}

/// Decodes percent-encoding and `+` once. An invalid escape stays as it is.
pub(super) fn decode(encoded: &[u8]) -> Cow<'_, [u8]> {
    if !encoded.contains(&b'+') {
        return percent_decode(encoded).into();
    }
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    Cow::Owned(percent_decode(&spaced).collect())
}

fn decode_utf8(encoded: &[u8]) -> Option<Cow<'_, str>> {
    match decode(encoded) {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}
