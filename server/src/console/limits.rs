//! What the console takes at all: methods, content types, sizes and times. What is inside is read by the routes.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use http::{Method, StatusCode};
use http_body::Body as _;

use crate::body::{self, BodyError};
use crate::problem::Problem;

/// A whitelist of 500 long lines fits several times over.
const BODY_MAX: usize = 64 * 1024;
const BODY_TIME: Duration = Duration::from_secs(10);
/// Longer than every wait for the database together. What was begun goes on; only nobody waits for it any more.
const ANSWER_TIME: Duration = Duration::from_secs(30);
const TYPES: [&str; 2] = ["application/x-www-form-urlencoded", "application/json"];

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

/// Reads the body before any route runs, so that none of them waits for a slow one or holds a large one.
pub(super) async fn bound_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let has_body = !body.is_end_stream() || parts.headers.contains_key(TRANSFER_ENCODING);
    if !has_body && !parts.headers.contains_key(CONTENT_TYPE) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if has_body && !body::is_of_type(&parts.headers, &TYPES) {
        let title = "The body must be a form or JSON";
        let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title);
        return problem.into_response();
    }
    if body.size_hint().lower() > BODY_MAX as u64 {
        return BodyError::TooLarge.problem().into_response();
    }
    match body::read(body, BODY_MAX, BODY_TIME).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.problem().into_response(),
    }
}
