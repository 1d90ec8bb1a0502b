//! One log line for each request. It never contains the query, headers or body, which hold set-up tokens, sessions and new
//! keys, nor a path segment longer than any id: that may be a key that was used as an id.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Correlates a response with its log lines; in the extensions of every request. Never taken from the client, which could
/// make two requests look like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// Unique for each request, and most likely across processes. It may be guessable.
    fn next() -> Self {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("process"));
        static COUNT: AtomicU64 = AtomicU64::new(1);
        Self(format!("{:08x}-{}", *PROCESS & 0xffff_ffff, COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

/// Assigns the request id and logs the response.
pub(super) async fn log_request(mut request: Request, next: Next) -> Response {
    let id = RequestId::next();
    let header = HeaderValue::try_from(id.0.as_str()).ok();
    let span = tracing::info_span!("request", id = %id.0);
    let (method, path) = (request.method().clone(), redact_path(request.uri().path()));
    request.extensions_mut().insert(id);
    let started = Instant::now();
    async move {
        let mut response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), started.elapsed());
        if status >= 500 {
            tracing::error!(%method, path, status, ?took, "answered");
        } else {
            tracing::info!(%method, path, status, ?took, "answered");
        }
        if let Some(header) = header {
            response.headers_mut().insert(REQUEST_ID, header);
        }
        response
    }
    .instrument(span)
    .await
}

/// Longest path segment that is logged whole, bytes: ids and asset names are shorter, keys and tokens longer.
const SEGMENT_MAX: usize = 40;
/// Logged characters of a longer segment: enough to recognize a key's prefix.
const SEGMENT_PREFIX: usize = 8;

fn redact_path(path: &str) -> String {
    let segment = |segment: &str| -> String {
        if segment.len() <= SEGMENT_MAX {
            segment.to_owned()
        } else {
            segment.chars().take(SEGMENT_PREFIX).chain(['…']).collect()
        }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_in_a_path_is_not_logged() {
        let secret = "0123456789".repeat(5);
        for (path, logged) in [
            ("/".to_owned(), "/"),
            ("/api/v1/accounts/acc_4fT9sQ2mXa8rJ0kV/keys".to_owned(), "/api/v1/accounts/acc_4fT9sQ2mXa8rJ0kV/keys"),
            (format!("/settings/api-keys/kh_live_{secret}"), "/settings/api-keys/kh_live_…"),
            (format!("/kh_op_{secret}/x"), "/kh_op_01…/x"),
        ] {
            assert_eq!(redact_path(&path), logged);
        }
    }
}
