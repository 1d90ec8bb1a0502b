//! Which origin is the console's own. Where the operator named it, that one and no other; else the one of the
//! request's `Host`, so that `localhost` and `127.0.0.1` both work out of the box.

use http::HeaderMap;
use http::header::HOST;

use crate::PublicUrl;

/// Tells the console's own origin from foreign ones.
#[derive(Debug)]
pub(super) struct OwnOrigin(PublicUrl);

impl OwnOrigin {
    pub fn new(public_url: PublicUrl) -> Self {
        Self(public_url)
    }

    /// `None` when it would follow from a `Host` that is missing, doubled or no host.
    pub fn of(&self, headers: &HeaderMap) -> Option<String> {
        if self.0.is_configured() {
            return Some(self.0.origin().to_owned());
        }
        let host = single(headers, HOST.as_str()).ok()??;
        PublicUrl::parse(&format!("http://{host}")).ok().map(|url| url.origin().to_owned())
    }

    /// Whether `origin`, exactly as a browser writes it, is the console's own.
    pub fn is(&self, origin: &str, headers: &HeaderMap) -> bool {
        self.of(headers).is_some_and(|own| own == origin)
    }
}

/// A header that must not be sent twice.
pub(super) struct Doubled;

/// The header's only value. One that is not visible ASCII counts as empty, which matches nothing.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Doubled> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (None, _) => Ok(None),
        (Some(only), None) => Ok(Some(only.to_str().unwrap_or_default())),
        _ => Err(Doubled),
    }
}
