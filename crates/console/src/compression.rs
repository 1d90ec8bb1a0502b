//! Compressing pages. Answers of server functions and of forms are left alone: one holds a key, another the link of an
//! invitation, and the size of a compressed answer tells about its content.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use http::header::ACCEPT_ENCODING;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Brotli and gzip, fast: a page is made for one reader. The second of brotli's levels takes a tenth of a millisecond
/// more for a page of keys than the first, and a sixth fewer bytes. Assets come compressed already.
pub(super) fn layer() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(1))
}

/// Keeps the layer below from compressing what may hold a secret.
pub(super) async fn spare_functions(mut request: Request, next: Next) -> Response {
    // These show what an app needs to make codes, and the token of an invitation.
    let shows_secret = ["/settings/security", "/invite"].contains(&request.uri().path());
    if request.uri().path().starts_with("/api/") || request.method() == Method::POST || shows_secret {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}
