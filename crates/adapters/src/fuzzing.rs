//! The gate's parsers for the fuzz targets in `fuzz/`: a narrow door, so that the parsers themselves stay private.

use http::HeaderMap;

use super::lines::Lines;
use super::need::Need;
use super::query::KeyMarks;

/// A credential as it was read.
pub struct Found {
    pub name: Option<String>,
    pub key: String,
}

pub fn credential(headers: &HeaderMap) -> Option<Found> {
    let found = super::credential::read(&Lines::of(headers, &KeyMarks::new("kh"))).ok()?;
    Some(Found { name: found.name().map(ToOwned::to_owned), key: found.key().to_owned() })
}

/// Whether a gateway may ask with this query.
pub fn is_need(query: &str) -> bool {
    Need::from_query(query).is_ok()
}

/// Whether a credential stands in the query.
pub fn stands_in_query(prefix: &str, query: &[u8]) -> bool {
    KeyMarks::new(prefix).stand_in_query(query)
}
