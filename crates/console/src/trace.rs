//! One line of log for each request of the console. Never its query, headers or body: the set-up link's token, the
//! session and new keys are there. Nor a part of its path that is longer than any of ours: a key, if somebody took it for
//! its id.

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

/// What joins an answer and its lines in the log; in the extensions of every request of the console. Never taken from
/// the client, who could make two requests look like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// Different for each request, and most likely for each process too. It need not be hard to guess.
    fn next() -> Self {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("process"));
        static COUNT: AtomicU64 = AtomicU64::new(1);
        Self(format!("{:08x}-{}", *PROCESS & 0xffff_ffff, COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

/// Names the request and logs its end.
pub(super) async fn log(mut request: Request, next: Next) -> Response {
    let id = RequestId::next();
    let header = HeaderValue::try_from(id.0.as_str()).ok();
    let span = tracing::info_span!("request", id = %id.0);
    let (method, path) = (request.method().clone(), shown(request.uri().path()));
    request.extensions_mut().insert(id);
    let began = Instant::now();
    async move {
        let mut response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), began.elapsed());
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

/// The longest part of a path that is logged, bytes: ids, and names of the page's files, are shorter, keys and tokens
/// longer.
const PART_MAX: usize = 40;
/// What is logged of a longer part, characters: as much of a key as tells that it is one.
const PART_SHOWN: usize = 8;

fn shown(path: &str) -> String {
    let part = |part: &str| -> String {
        if part.len() <= PART_MAX { part.to_owned() } else { part.chars().take(PART_SHOWN).chain(['…']).collect() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_logged_without_a_key_in_it() {
        let secret = "0123456789".repeat(5);
        for (path, logged) in [
            ("/".to_owned(), "/"),
            ("/api/v1/accounts/acc_4fT9sQ2mXa8rJ0kV/keys".to_owned(), "/api/v1/accounts/acc_4fT9sQ2mXa8rJ0kV/keys"),
            (format!("/settings/api-keys/kh_live_{secret}"), "/settings/api-keys/kh_live_…"),
            (format!("/kh_op_{secret}/x"), "/kh_op_01…/x"),
        ] {
            assert_eq!(shown(&path), logged);
        }
    }
}
