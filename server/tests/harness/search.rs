//! Finding secrets in whatever form they may have leaked: as they are, in hexadecimal digits, percent-encoded, or
//! inside longer text that was encoded in base64.

use std::collections::{BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Every form has at least so many bytes; by its first ones it is found.
const MARK: usize = 8;

/// Secrets in all their forms, searched for in one go: there are megabytes to search.
#[derive(Default)]
pub struct Needles {
    count: usize,
    by_mark: HashMap<[u8; MARK], Vec<(usize, Vec<u8>)>>,
    /// Which two bytes a mark may begin with; most places of a text are passed over by them.
    beginnings: BTreeSet<[u8; 2]>,
}

impl Needles {
    /// Answers the secret's number.
    pub fn add(&mut self, secret: &str) -> usize {
        let number = self.count;
        self.count += 1;
        for form in forms(secret.as_bytes()) {
            let mark = form[..MARK].try_into().unwrap();
            self.beginnings.insert([form[0], form[1]]);
            self.by_mark.entry(mark).or_default().push((number, form));
        }
        number
    }

    /// The numbers of those that are in the text.
    pub fn find(&self, text: &[u8]) -> BTreeSet<usize> {
        let mut may_begin = vec![false; 1 << 16];
        for [first, second] in &self.beginnings {
            may_begin[usize::from(*first) << 8 | usize::from(*second)] = true;
        }
        let mut found = BTreeSet::new();
        for at in 0..text.len().saturating_sub(MARK - 1) {
            if !may_begin[usize::from(text[at]) << 8 | usize::from(text[at + 1])] {
                continue;
            }
            let mark: [u8; MARK] = text[at..at + MARK].try_into().unwrap();
            let candidates = self.by_mark.get(&mark).into_iter().flatten();
            found.extend(candidates.filter(|(_, form)| text[at..].starts_with(form)).map(|(number, _)| number));
        }
        found
    }
}

fn forms(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![
        bytes.to_vec(),
        each(bytes, |byte| format!("{byte:02x}")).into_bytes(),
        each(bytes, |byte| format!("{byte:02X}")).into_bytes(),
        each(bytes, |byte| format!("%{byte:02X}")).into_bytes(),
        each(bytes, |byte| format!("%{byte:02x}")).into_bytes(),
        // As a list of numbers, which is how `Debug` prints bytes.
        bytes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into_bytes(),
    ];
    for before in 0..3 {
        forms.extend(base64(bytes, before));
    }
    forms
}

fn each(bytes: &[u8], written: fn(&u8) -> String) -> String {
    bytes.iter().map(written).collect()
}

/// What is always the same of a secret in base64 that has `before` bytes in front of it, modulo three.
fn base64(bytes: &[u8], before: usize) -> [Vec<u8>; 2] {
    let longer = [&vec![0; before], bytes].concat();
    let (start, end) = ([0, 2, 3][before], longer.len() / 3 * 4);
    [STANDARD_NO_PAD.encode(&longer), URL_SAFE_NO_PAD.encode(&longer)].map(|text| text.as_bytes()[start..end].to_vec())
}

#[test]
fn each_form_is_found() {
    let secret = "kh_live_0123456789abcdefghij";
    let mut needles = Needles::default();
    needles.add("something else entirely");
    let number = needles.add(secret);
    let is_found = |text: &str| needles.find(text.as_bytes()) == BTreeSet::from([number]);
    assert!(is_found(&format!("x{secret}x")));
    assert!(is_found(&each(secret.as_bytes(), |byte| format!("{byte:02x}"))));
    assert!(is_found(&each(secret.as_bytes(), |byte| format!("%{byte:02X}"))));
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
