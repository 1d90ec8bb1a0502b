//! Server functions redirect a plain form to `Referer`, with the error in that URL. A foreign `Referer` would receive both,
//! so it is replaced by the console's origin.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::REFERER;
use http::{HeaderValue, Method, Uri};

use super::origin::{OwnOrigin, single_value};
use crate::PublicUrl;

/// Replaces a foreign `Referer` by the console's root, or removes it.
pub(super) async fn replace_foreign_referer(
    State(own): State<Arc<OwnOrigin>>,
    mut request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if request.method() == Method::POST && headers.contains_key(REFERER) {
        let origin = own.for_request(headers);
        let is_own = match (single_value(headers, REFERER.as_str()), &origin) {
            (Ok(Some(referer)), Some(origin)) => origin_of_url(referer).is_some_and(|found| found == *origin),
            _ => false,
        };
        if !is_own {
            let root = origin.and_then(|origin| HeaderValue::try_from(format!("{origin}/")).ok());
            match root {
                Some(root) => request.headers_mut().insert(REFERER, root),
                None => request.headers_mut().remove(REFERER),
            };
        }
    }
    next.run(request).await
}

fn origin_of_url(url_text: &str) -> Option<String> {
    let uri: Uri = url_text.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    PublicUrl::parse(&format!("{scheme}://{authority}")).ok().map(|url| url.origin().to_owned())
}
