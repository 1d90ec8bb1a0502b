//! Entry points for the fuzz targets in `fuzz/`, so that the parsers themselves stay private.

use http::HeaderMap;
use service::secrets::ExposeSecret as _;

/// Parses the sign-in form. Returns the bytes of its values.
pub fn sign_in_form(body: &[u8]) -> Option<usize> {
    super::forms::parse_sign_in(body)
}

/// Finds the session among the cookies.
pub fn session_token(headers: &HeaderMap, name: &str) -> Option<String> {
    super::session::session_token(headers, name).map(|token| token.expose_secret().to_owned())
}
