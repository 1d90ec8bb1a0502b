//! Server functions send a plain form's sender back to `Referer`, with the error in that address. Another site's
//! address there would get both, so it is replaced by the console's own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::REFERER;
use http::{HeaderValue, Method, Uri};

use super::own_origin::{OwnOrigin, single};
use crate::PublicUrl;

/// Makes sure that whoever reads `Referer` after this finds an address of the console, or none.
pub(super) async fn replace_foreign(State(own): State<Arc<OwnOrigin>>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    if request.method() == Method::POST && headers.contains_key(REFERER) {
        let origin = own.of(headers);
        let is_own = match (single(headers, REFERER.as_str()), &origin) {
            (Ok(Some(referer)), Some(origin)) => origin_of(referer).is_some_and(|found| found == *origin),
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

fn origin_of(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    PublicUrl::parse(&format!("{scheme}://{authority}")).ok().map(|url| url.origin().to_owned())
}
