//! Extractors for body, query, path and headers. Unknown input is refused, not ignored: a misspelt `whitelist` would leave
//! a key open to every address.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderName, StatusCode};
use serde::de::DeserializeOwned;
use service::actor::Actor;
use service::keys::IdempotencyKey;

use problem::Problem;
use problem::body;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Longest idempotency key, bytes.
const IDEMPOTENCY_KEY_MAX: usize = 255;

/// The actor that `authentication` found.
pub(super) struct Authenticated(pub Actor);

impl<S: Sync> FromRequestParts<S> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Actor>().cloned().map(Authenticated).ok_or_else(Problem::internal)
    }
}

/// A JSON body, with the bytes that it was parsed from.
pub(super) struct JsonBody<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !body::has_content_type(request.headers(), &["application/json"]) {
            let title = "The body must be JSON";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| unreadable("The body cannot be read"))?;
        match serde_json::from_slice(&bytes) {
            Ok(value) => Ok(Self { value, bytes }),
            Err(error) => Err(unreadable("The body does not match the schema").detail(error.to_string())),
        }
    }
}

fn unreadable(title: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "unreadable_body", title)
}

/// The parameters of a query.
pub(super) struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => {
                let title = "A parameter cannot be used";
                Err(Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title).detail(rejection.body_text()))
            }
        }
    }
}

/// The ids of a path. 404 if one is not UTF-8 after decoding.
pub(super) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Problem::not_found())
    }
}

/// The `Idempotency-Key` header.
pub(super) struct IdempotencyKeyHeader(Option<String>);

impl IdempotencyKeyHeader {
    /// The idempotency key of creating `body` in `account`.
    pub fn for_request(&self, account: &str, body: &[u8]) -> Option<IdempotencyKey> {
        self.0.as_ref().map(|name| IdempotencyKey::new(name, &[account.as_bytes(), b"\n", body].concat()))
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKeyHeader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut lines = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let (first, second) = (lines.next(), lines.next());
        let bad = || {
            let title = "Send one Idempotency-Key of 1 to 255 visible ASCII characters";
            Problem::new(StatusCode::BAD_REQUEST, "bad_idempotency_key", title)
        };
        match (first, second) {
            (None, _) => Ok(Self(None)),
            (Some(only), None) => {
                let text = only.to_str().map_err(|_| bad())?;
                let is_good =
                    (1..=IDEMPOTENCY_KEY_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
                if is_good { Ok(Self(Some(text.to_owned()))) } else { Err(bad()) }
            }
            _ => Err(bad()),
        }
    }
}
