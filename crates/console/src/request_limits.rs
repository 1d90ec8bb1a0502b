//! Limits of every request: methods, content types, sizes, times and duplicate parameters. Routes parse the content.

use std::collections::HashSet;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use http::{Method, StatusCode};
use http_body::Body as _;

use problem::Problem;
use problem::body::{self, BodyError};

/// Several times a whitelist of 500 long entries.
const BODY_MAX: usize = 64 * 1024;
/// Longer than all waits for the database together. A use case that has begun runs to its end in the background.
const HANDLER_TIMEOUT: Duration = Duration::from_secs(30);
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Refuses unknown methods and bounds the time of a response.
pub(super) async fn limit_method_and_time(request: Request, next: Next) -> Response {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    if !known.contains(request.method()) {
        return Problem::method_not_allowed().into_response();
    }
    match tokio::time::timeout(HANDLER_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::unavailable().into_response(),
    }
}

/// Refuses duplicate parameters and hosts: programs could disagree on which of them counts. Duplicate JSON fields are
/// refused by the routes.
pub(super) async fn refuse_duplicates(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if has_duplicate(query.as_bytes()) || request.headers().get_all(HOST).iter().nth(1).is_some() {
        return duplicate_parameter().into_response();
    }
    next.run(request).await
}

fn duplicate_parameter() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "doubled_parameter", "Duplicate parameter")
}

/// Whether a query or form contains a parameter twice.
fn has_duplicate(encoded: &[u8]) -> bool {
    let mut seen = HashSet::new();
    form_urlencoded::parse(encoded).any(|(name, _)| !seen.insert(name))
}

/// Reads the whole body before any route runs, so that no route waits for a slow client or buffers a large body.
pub(super) async fn limit_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let has_body = !body.is_end_stream() || parts.headers.contains_key(TRANSFER_ENCODING);
    if !has_body && !parts.headers.contains_key(CONTENT_TYPE) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if has_body && !body::has_content_type(&parts.headers, &[FORM, JSON]) {
        let title = "The body must be a form or JSON";
        let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title);
        return problem.into_response();
    }
    if body.size_hint().lower() > BODY_MAX as u64 {
        return BodyError::TooLarge.into_problem().into_response();
    }
    match body::read_body(body, BODY_MAX, body::BODY_TIMEOUT).await {
        Ok(bytes) if body::has_content_type(&parts.headers, &[FORM]) && has_duplicate(&bytes) => {
            duplicate_parameter().into_response()
        }
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.into_problem().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_are_detected_after_decoding() {
        for encoded in ["a=1&b=2&a=3", "a&a", "a=1&%61=1", "a+b=1&a%20b=2", "=1&=2"] {
            assert!(has_duplicate(encoded.as_bytes()), "{encoded}");
        }
        for encoded in ["", "a=1", "a=1&b=1", "a=a&A=a", "a=1&&b=2", "a=1;a=2"] {
            assert!(!has_duplicate(encoded.as_bytes()), "{encoded}");
        }
    }
}
