//! The console's own origin: the configured one, or else that of the request's `Host`, so that both `localhost` and
//! `127.0.0.1` work without configuration.

use http::HeaderMap;
use http::header::HOST;

use crate::PublicUrl;

/// Distinguishes the console's own origin from foreign ones.
#[derive(Debug)]
pub(super) struct OwnOrigin(PublicUrl);

impl OwnOrigin {
    pub fn new(public_url: PublicUrl) -> Self {
        Self(public_url)
    }

    /// The own origin for a request. `None` if it depends on a `Host` that is missing, duplicate or invalid.
    pub fn for_request(&self, headers: &HeaderMap) -> Option<String> {
        if self.0.is_configured() {
            return Some(self.0.origin().to_owned());
        }
        let host = single_value(headers, HOST.as_str()).ok()??;
        PublicUrl::parse(&format!("http://{host}")).ok().map(|url| url.origin().to_owned())
    }

    /// Whether `origin`, exactly as a browser sends it, is the console's own.
    pub fn matches(&self, origin: &str, headers: &HeaderMap) -> bool {
        self.for_request(headers).is_some_and(|own| own == origin)
    }
}

/// A header that must occur only once.
pub(super) struct DuplicateHeader;

/// The header's only value. A value that is not visible ASCII is read as empty, which matches nothing.
pub(super) fn single_value<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, DuplicateHeader> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(only), None) => Ok(Some(only.to_str().unwrap_or_default())),
        _ => Err(DuplicateHeader),
    }
}
