//! Compressing pages. Answers of server functions are left alone: one of them holds a key, and the size of a
//! compressed answer tells about its content.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::ACCEPT_ENCODING;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Brotli and gzip, as fast as they are: a page is made for one reader. Assets come compressed already.
pub(super) fn layer() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}

/// Keeps the layer below from compressing what may hold a secret.
pub(super) async fn spare_functions(mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}
