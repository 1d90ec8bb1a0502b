//! `/auth/envoy`: the language of Envoy's `ext_authz` over HTTP. It lets in on 200, passes every other status below 500
//! on, and takes 5xx for "cannot know".
//!
//! Envoy puts the caller's whole address behind the configured `path_prefix`. So the operator's query must end where
//! the caller's address begins, and it does so with `path=`: `/auth/envoy?privilege=contacts:read&path=` arrives as
//! `/auth/envoy?privilege=contacts:read&path=/contacts?page=2`. Nothing behind `path=` is ever read as a need.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderName, StatusCode, Uri};

use super::Gate;
use super::auth::{Asking, Outcome, Profile};

/// Envoy appends its peer to this header before it asks, if `use_remote_address` is set.
const PROFILE: Profile =
    Profile { address: HeaderName::from_static("x-forwarded-for"), limited: StatusCode::TOO_MANY_REQUESTS };

const PLACE: &str = "/auth/envoy";

pub(super) async fn answer(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    let request = request.into_parts().0;
    let outcome = match asking(&request.uri) {
        Some(asking) => gate.judge(&PROFILE, &request, &asking).await,
        None => Outcome::Unknowable,
    };
    gate.say(&PROFILE, outcome)
}

/// Parts the operator's words from the caller's. `None` if they cannot be told apart.
fn asking(uri: &Uri) -> Option<Asking<'_>> {
    let query = uri.query().unwrap_or_default();
    if uri.path() == PLACE {
        let Some(start) = start_of_callers_address(query) else { return Some(Asking { query, original: "" }) };
        return Some(Asking { query: query[..start].trim_end_matches('&'), original: &query[start + "path=".len()..] });
    }
    // A prefix without a query asks for a key and for nothing more. A need in the query is then the caller's, or the
    // operator's in the wrong place; it must not silently count for nothing.
    let names_a_need = query
        .split('&')
        .any(|pair| ["privilege", "channel", "cost", "path"].iter().any(|name| pair.split('=').next() == Some(*name)));
    let original = uri.path_and_query()?.as_str().strip_prefix(PLACE)?;
    (!names_a_need).then_some(Asking { query: "", original })
}

fn start_of_callers_address(query: &str) -> Option<usize> {
    if query.starts_with("path=") { Some(0) } else { query.find("&path=").map(|at| at + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_words_are_never_the_operators() {
        for (uri, expected) in [
            ("/auth/envoy", Some(("", ""))),
            ("/auth/envoy?privilege=contacts:read", Some(("privilege=contacts:read", ""))),
            ("/auth/envoy?path=/a?privilege=x:y", Some(("", "/a?privilege=x:y"))),
            ("/auth/envoy?privilege=c:r&path=/a?cost=0&path=/b", Some(("privilege=c:r", "/a?cost=0&path=/b"))),
            ("/auth/envoy?privilege=c:r&cost=2&path=", Some(("privilege=c:r&cost=2", ""))),
            ("/auth/envoy/contacts?page=2", Some(("", "/contacts?page=2"))),
            ("/auth/envoy/", Some(("", "/"))),
            ("/auth/envoy/?privilege=c:r", None),
            ("/auth/envoy/contacts?page=2&cost=0", None),
            // A prefix that forgot `path=`: the caller's address makes the need unreadable, and nobody gets in.
            ("/auth/envoy?privilege=c:r/contacts", Some(("privilege=c:r/contacts", ""))),
        ] {
            let uri: Uri = uri.parse().expect("an address");
            assert_eq!(asking(&uri).map(|asking| (asking.query, asking.original)), expected, "{uri}");
        }
    }
}
