//! `/signed-out.css`: an empty stylesheet of the page that follows signing out. Its header empties the browser's caches of
//! pages. The response to the sign-out itself could not: the page that is being left enters the back/forward cache after it.

use axum::response::IntoResponse;
use http::HeaderName;
use http::header::CONTENT_TYPE;

pub(super) const PATH: &str = "/signed-out.css";

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// No style, and the header.
pub(super) async fn clear_caches() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CLEAR_SITE_DATA, "\"cache\"")], "")
}
