//! Security headers of every response of the console, errors included. A page sets its own content security policy, because
//! that contains the nonce of its scripts; every other response gets the strictest one.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue, Method, StatusCode};

use super::secret_responses::may_contain_secret;

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

const DENY_ALL: &str = "default-src 'none'; script-src 'none'; object-src 'none'; base-uri 'none'; \
                       frame-ancestors 'none'; form-action 'self'";

/// For settings pages: `no-store` would keep them out of the back/forward cache. Signing out clears it.
const GOING_BACK: &str = "private, no-cache";

/// Adds the headers. `is_https`: whether browsers reach the console over TLS.
pub(super) async fn add_security_headers(State(is_https): State<bool>, request: Request, next: Next) -> Response {
    let is_settings_page = is_settings_page(&request);
    let mut response = next.run(request).await;
    let may_go_back = is_settings_page && is_shown_page(&response);
    let headers = response.headers_mut();
    if may_go_back {
        headers.append(VARY, HeaderValue::from_static("cookie"));
    }
    // Assets, whose name changes with their content, set their own.
    let caching = HeaderValue::from_static(if may_go_back { GOING_BACK } else { "no-store" });
    headers.entry(CACHE_CONTROL).or_insert(caching);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(DENY_ALL));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    if is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Whether the request is for a page of the settings that contains no secret.
fn is_settings_page(request: &Request) -> bool {
    let path = request.uri().path();
    *request.method() == Method::GET && path.starts_with("/settings/") && !may_contain_secret(request.method(), path)
}

fn is_shown_page(response: &Response) -> bool {
    let is_html = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    response.status() == StatusCode::OK && response.headers().get(CONTENT_TYPE).is_some_and(is_html)
}
