//! Protection against cross-site request forgery. Server functions accept any request, a cross-site `text/plain` form
//! included, so every request with an unsafe method must prove that it comes from the console.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::ORIGIN;
use http::{HeaderMap, Method, StatusCode};

use super::origin::{DuplicateHeader, OwnOrigin, single_value};
use problem::Problem;

const FETCH_SITE: &str = "sec-fetch-site";

/// Refuses unsafe methods unless the request comes from the console's own pages.
pub(super) async fn refuse_cross_site(State(own): State<Arc<OwnOrigin>>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) || is_same_origin(&own, request.headers()).unwrap_or(false) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::FORBIDDEN, "foreign_request", "This request does not come from the console's own pages")
        .into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// `Sec-Fetch-Site` cannot be set by a page. Browsers omit it on plain HTTP, where `Origin` decides. A request with neither is
/// refused.
fn is_same_origin(own: &OwnOrigin, headers: &HeaderMap) -> Result<bool, DuplicateHeader> {
    let (site, origin) = (single_value(headers, FETCH_SITE)?, single_value(headers, ORIGIN.as_str())?);
    Ok(match (site, origin) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => own.matches(origin, headers),
        (None, None) => false,
    })
}
