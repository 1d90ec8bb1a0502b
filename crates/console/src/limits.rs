//! What the console takes at all: methods, content types, sizes and times. What is inside is read by the routes.

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

/// A whitelist of 500 long lines fits several times over.
const BODY_MAX: usize = 64 * 1024;
/// Longer than every wait for the database together. What was begun goes on; only nobody waits for it any more.
const ANSWER_TIME: Duration = Duration::from_secs(30);
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Refuses methods that nothing here knows, and answers in any case.
pub(super) async fn bound_method_and_time(request: Request, next: Next) -> Response {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    if !known.contains(request.method()) {
        return Problem::method_not_allowed().into_response();
    }
    match tokio::time::timeout(ANSWER_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::unavailable().into_response(),
    }
}

/// Refuses a request that may be read in two ways: which of two values counts must not depend on who reads them. The
/// JSON readers of the routes refuse doubled fields themselves.
pub(super) async fn refuse_doubled(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if has_doubled(query.as_bytes()) || request.headers().get_all(HOST).iter().nth(1).is_some() {
        return doubled().into_response();
    }
    next.run(request).await
}

fn doubled() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "doubled_parameter", "A parameter stands there twice")
}

/// Whether a parameter of a query or a form stands there twice.
fn has_doubled(encoded: &[u8]) -> bool {
    let mut seen = HashSet::new();
    form_urlencoded::parse(encoded).any(|(name, _)| !seen.insert(name))
}

/// Reads the body before any route runs, so that none of them waits for a slow one or holds a large one.
pub(super) async fn bound_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let has_body = !body.is_end_stream() || parts.headers.contains_key(TRANSFER_ENCODING);
    if !has_body && !parts.headers.contains_key(CONTENT_TYPE) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if has_body && !body::is_of_type(&parts.headers, &[FORM, JSON]) {
        let title = "The body must be a form or JSON";
        let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title);
        return problem.into_response();
    }
    if body.size_hint().lower() > BODY_MAX as u64 {
        return BodyError::TooLarge.problem().into_response();
    }
    match body::read(body, BODY_MAX, body::TIME).await {
        Ok(bytes) if body::is_of_type(&parts.headers, &[FORM]) && has_doubled(&bytes) => doubled().into_response(),
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.problem().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_parameters_are_found_behind_their_encoding() {
        for encoded in ["a=1&b=2&a=3", "a&a", "a=1&%61=1", "a+b=1&a%20b=2", "=1&=2"] {
            assert!(has_doubled(encoded.as_bytes()), "{encoded}");
        }
        for encoded in ["", "a=1", "a=1&b=1", "a=a&A=a", "a=1&&b=2", "a=1;a=2"] {
            assert!(!has_doubled(encoded.as_bytes()), "{encoded}");
        }
    }
}
