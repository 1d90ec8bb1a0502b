//! Finds leaked secrets in every encoding: plain, hexadecimal, percent-encoded, or inside a longer text in base64.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::{BTreeSet, HashMap};

/// The first bytes of an encoded secret, by which it is looked up; every encoding is at least as long.
const PREFIX: usize = 8;

/// Secrets in all encodings, found in one pass: there are megabytes to search.
#[derive(Default)]
pub struct Needles {
    count: usize,
    by_prefix: HashMap<[u8; PREFIX], Vec<(usize, Vec<u8>)>>,
    /// The first two bytes of every prefix, which exclude most positions of a text.
    beginnings: BTreeSet<[u8; 2]>,
}

impl Needles {
    /// Returns the secret's number.
    pub fn add(&mut self, secret: &str) -> usize {
        let number = self.count;
        self.count += 1;
        for encoded in encodings(secret.as_bytes()) {
            let prefix = encoded[..PREFIX].try_into().unwrap();
            self.beginnings.insert([encoded[0], encoded[1]]);
            self.by_prefix.entry(prefix).or_default().push((number, encoded));
        }
        number
    }

    /// The numbers of the secrets that are in the text.
    pub fn find(&self, text: &[u8]) -> BTreeSet<usize> {
        let mut may_begin = vec![false; 1 << 16];
        for [first, second] in &self.beginnings {
            may_begin[usize::from(*first) << 8 | usize::from(*second)] = true;
        }
        let mut found = BTreeSet::new();
        for at in 0..text.len().saturating_sub(PREFIX - 1) {
            if !may_begin[usize::from(text[at]) << 8 | usize::from(text[at + 1])] {
                continue;
            }
            let prefix: [u8; PREFIX] = text[at..at + PREFIX].try_into().unwrap();
            let candidates = self.by_prefix.get(&prefix).into_iter().flatten();
            found.extend(candidates.filter(|(_, encoded)| text[at..].starts_with(encoded)).map(|(number, _)| number));
        }
        found
    }
}

fn encodings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut encodings = vec![
        bytes.to_vec(),
        encode_bytes(bytes, |byte| format!("{byte:02x}")).into_bytes(),
        encode_bytes(bytes, |byte| format!("{byte:02X}")).into_bytes(),
        encode_bytes(bytes, |byte| format!("%{byte:02X}")).into_bytes(),
        encode_bytes(bytes, |byte| format!("%{byte:02x}")).into_bytes(),
        // `Debug` of a byte slice.
        bytes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into_bytes(),
    ];
    for before in 0..3 {
        encodings.extend(base64(bytes, before));
    }
    encodings
}

fn encode_bytes(bytes: &[u8], encode: fn(&u8) -> String) -> String {
    bytes.iter().map(encode).collect()
}

/// The part of a secret in base64 that does not depend on its neighbours, with `before` bytes modulo three before it.
fn base64(bytes: &[u8], before: usize) -> [Vec<u8>; 2] {
    let longer = [&vec![0; before], bytes].concat();
    let (start, end) = ([0, 2, 3][before], longer.len() / 3 * 4);
    [STANDARD_NO_PAD.encode(&longer), URL_SAFE_NO_PAD.encode(&longer)].map(|text| text.as_bytes()[start..end].to_vec())
}

#[test]
fn every_encoding_is_found() {
    let secret = "kh_live_0123456789abcdefghij";
    let mut needles = Needles::default();
    needles.add("something else entirely");
    let number = needles.add(secret);
    let is_found = |text: &str| needles.find(text.as_bytes()) == BTreeSet::from([number]);
    assert!(is_found(&format!("x{secret}x")));
    assert!(is_found(&encode_bytes(secret.as_bytes(), |byte| format!("{byte:02x}"))));
    assert!(is_found(&encode_bytes(secret.as_bytes(), |byte| format!("%{byte:02X}"))));
    assert!(is_found(&format!("{:?}", format!("x{secret}").as_bytes())));
    for before in ["", "a", "ab", "abc", "shop:", "Basic user:"] {
        for after in ["", "1", "22", "333"] {
            let longer = format!("{before}{secret}{after}");
            assert!(is_found(&STANDARD_NO_PAD.encode(&longer)), "{longer}");
            assert!(is_found(&URL_SAFE_NO_PAD.encode(&longer)), "{longer}");
        }
    }
    assert!(needles.find(&secret.as_bytes()[1..]).is_empty());
    assert!(needles.find(b"").is_empty());
}
