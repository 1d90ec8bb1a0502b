//! The header lines in which a caller may have put a credential, found in one walk: looking each up by its hash took
//! longer than reading the few lines that a gateway sends. What a line says is read elsewhere.

use http::{HeaderMap, HeaderValue};

use super::query::KeyMarks;

/// The lines of one name.
#[derive(Clone, Copy, Default)]
pub enum Found<'a> {
    #[default]
    None,
    One(&'a HeaderValue),
    Several,
}

impl<'a> Found<'a> {
    fn add(&mut self, value: &'a HeaderValue) {
        *self = if matches!(self, Self::None) { Self::One(value) } else { Self::Several };
    }
}

/// What one walk found.
#[derive(Default)]
pub struct Lines<'a> {
    pub authorization: Found<'a>,
    pub api_key: Found<'a>,
    /// Whether an address that the caller asked for, as a gateway repeats it, carries a credential.
    pub are_in_address: bool,
}

impl<'a> Lines<'a> {
    pub fn of(headers: &'a HeaderMap, marks: &KeyMarks) -> Self {
        let mut lines = Self::default();
        for (name, value) in headers {
            match name.as_str() {
                "authorization" => lines.authorization.add(value),
                "x-api-key" => lines.api_key.add(value),
                "x-original-uri" | "x-forwarded-uri" => {
                    lines.are_in_address |= marks.stand_in_address(value.as_bytes());
                }
                _ => {}
            }
        }
        lines
    }
}
