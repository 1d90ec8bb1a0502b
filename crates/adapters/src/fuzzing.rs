//! Entry points for the fuzz targets in `fuzz/`, so that the parsers themselves stay private.

use http::HeaderMap;

use super::requirement::Requirement;
use super::{CredentialHeaders, KeyPrefixes, parse_credential};

/// A parsed credential.
pub struct ParsedCredential {
    pub name: Option<String>,
    pub key: String,
}

pub fn credential(headers: &HeaderMap) -> Option<ParsedCredential> {
    let parsed = parse_credential(&CredentialHeaders::from_headers(headers, &KeyPrefixes::new("kh"))).ok()?;
    Some(ParsedCredential { name: parsed.name().map(ToOwned::to_owned), key: parsed.key().to_owned() })
}

/// Whether a gateway's query is a valid requirement.
pub fn is_requirement(query: &str) -> bool {
    Requirement::from_query(query).is_ok()
}

/// Whether a query contains a credential.
pub fn query_contains_credential(prefix: &str, query: &[u8]) -> bool {
    KeyPrefixes::new(prefix).occur_in_query(query)
}
