//! Requests that another site makes a member's browser send. Server functions run whatever reaches them, a cross-site
//! `text/plain` form too, so every method that may change something has to show that it comes from the console.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::ORIGIN;
use http::{HeaderMap, Method, StatusCode};

use super::own_origin::{Doubled, OwnOrigin, single};
use problem::Problem;

const FETCH_SITE: &str = "sec-fetch-site";

/// Lets safe methods through, and others only from the console's own pages.
pub(super) async fn refuse(State(own): State<Arc<OwnOrigin>>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) || is_own(&own, request.headers()).unwrap_or(false) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::FORBIDDEN, "foreign_request", "This request does not come from the console's own pages")
        .into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// `Sec-Fetch-Site` cannot be set by a page. Browsers leave it out on plain HTTP; there `Origin` tells, and a request
/// without both is no pass.
fn is_own(own: &OwnOrigin, headers: &HeaderMap) -> Result<bool, Doubled> {
    let (site, origin) = (single(headers, FETCH_SITE)?, single(headers, ORIGIN.as_str())?);
    Ok(match (site, origin) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => own.is(origin, headers),
        (None, None) => false,
    })
}
