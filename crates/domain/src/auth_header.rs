//! The ways to send a key. The gate accepts all of them; the policy says which one examples show.

use serde::{Deserialize, Serialize};

use crate::words::impl_words;

/// How examples send a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthHeader {
    /// `Authorization: ApiKey <key>`.
    #[default]
    ApiKey,
    /// `Authorization: Bearer <key>`.
    Bearer,
    /// `X-Api-Key: <key>`.
    #[serde(rename = "X-Api-Key")]
    XApiKey,
    /// `Authorization: Basic <base64>` of the key's name and value.
    Basic,
}

impl_words!(AuthHeader { ApiKey => "ApiKey", Bearer => "Bearer", XApiKey => "X-Api-Key", Basic => "Basic" });

/// The name of an environment variable that every shell accepts: a letter or `_`, then letters, digits and `_`, at most 64
/// in all.
pub fn is_variable(name: &str) -> bool {
    name.len() <= 64
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|first| !first.is_ascii_digit())
}

/// The name of the environment variable for a product's key: `Acme Mail` gives `ACME_MAIL_KEY`. Letters beyond ASCII are
/// left out; `API_KEY` if nothing is left.
pub fn derived_variable(product: &str) -> String {
    let mut name = String::new();
    for c in product.chars() {
        match c {
            'a'..='z' | 'A'..='Z' => name.push(c.to_ascii_uppercase()),
            // A digit cannot come first.
            '0'..='9' if !name.is_empty() => name.push(c),
            _ if !name.is_empty() && !name.ends_with('_') && c.is_ascii() => name.push('_'),
            _ => {}
        }
    }
    name.truncate(60);
    let name = name.trim_end_matches('_');
    format!("{}_KEY", if name.is_empty() { "API" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_derived_from_the_product() {
        let long = "x".repeat(64);
        for (product, variable) in [
            ("Acme Mail", "ACME_MAIL_KEY"),
            ("Keyhatch", "KEYHATCH_KEY"),
            ("  e-Mail & more!  ", "E_MAIL_MORE_KEY"),
            ("3rd Party 2", "RD_PARTY_2_KEY"),
            ("Zürich", "ZRICH_KEY"),
            ("倉庫", "API_KEY"),
            (&long, &format!("{}_KEY", "X".repeat(60))),
        ] {
            assert_eq!(derived_variable(product), variable);
            assert!(is_variable(variable), "{variable}");
        }
    }

    #[test]
    fn a_variable_has_only_characters_that_shells_accept() {
        assert!(is_variable("_a1") && is_variable("ACME_MAIL_KEY"));
        for name in ["", "1A", "A-B", "A B", "A=B", "Ä", "A$B", &"A".repeat(65)] {
            assert!(!is_variable(name), "{name}");
        }
    }
}
