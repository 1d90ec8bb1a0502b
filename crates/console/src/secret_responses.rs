//! Which responses may contain a secret. They are not compressed, and the browser must not store them: neither in its
//! cache nor in the back/forward cache.

use http::Method;

/// Pages with the two-factor secret, or the token of a one-time link.
const SECRET_PAGES: [&str; 4] = ["/settings/security", "/setup", "/invite", "/reset-password"];

/// Whether the response to this request may contain a secret.
pub(super) fn may_contain_secret(method: &Method, path: &str) -> bool {
    path.starts_with("/api/") || *method == Method::POST || SECRET_PAGES.contains(&path)
}
