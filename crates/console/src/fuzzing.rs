//! The console's own parsers for the fuzz targets in `fuzz/`: a narrow door, so that the parsers stay private.

use http::HeaderMap;
use service::secrets::ExposeSecret as _;

/// The session among the cookies.
pub fn session_token(headers: &HeaderMap, name: &str) -> Option<String> {
    super::session::token(headers, name).map(|token| token.expose_secret().to_owned())
}
