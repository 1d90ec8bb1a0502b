//! Identifiers of rows: a kind and 16 random letters and digits, about 95 bits. They are not secret.

use secrets::{Random, random_bytes};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 16;

/// A new id such as `key_4fT9sQ2mXa8rJ0kV`.
pub(crate) fn new(kind: &str, random: &dyn Random) -> String {
    let mut id = String::with_capacity(kind.len() + 1 + LENGTH);
    id.push_str(kind);
    id.push('_');
    let end = id.len() + LENGTH;
    while id.len() < end {
        let [byte] = random_bytes::<1>(random);
        // 248 = 4 * 62. Accepting larger bytes would favour the first characters.
        if byte < 248 {
            id.push(char::from(ALPHABET[usize::from(byte % 62)]));
        }
    }
    id
}
