//! Compression of pages. A response that may contain a secret is not compressed, because the size of a compressed
//! response leaks its content (BREACH).

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::ACCEPT_ENCODING;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::secret_responses::may_contain_secret;

/// Brotli and gzip at a low level, because each page is compressed for one response. Brotli's second level takes 0.1 ms
/// longer than its first for a page of keys and saves a sixth of the bytes. Assets are compressed already.
pub(super) fn compression_layer() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(1))
}

/// Keeps the compression layer from compressing responses that may contain a secret.
pub(super) async fn skip_secrets(mut request: Request, next: Next) -> Response {
    if may_contain_secret(request.method(), request.uri().path()) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}
