//! Optimistic locking with `ETag` and `If-Match` (RFC 9110): an update names the revision that it was made for.

use axum::extract::FromRequestParts;
use http::header::IF_MATCH;
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use problem::Problem;

/// The entity tag of a revision.
pub(super) fn entity_tag(revision: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{revision}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The revision in `If-Match`; `None` without the header and for `*`.
pub(super) struct IfMatch(pub Option<i64>);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut lines = parts.headers.get_all(IF_MATCH).iter();
        match (lines.next(), lines.next()) {
            (None, _) => Ok(Self(None)),
            (Some(only), None) if only.as_bytes() == b"*" => Ok(Self(None)),
            (Some(only), None) => match only.to_str().ok().and_then(parse_revision) {
                Some(revision) => Ok(Self(Some(revision))),
                None => Err(invalid()),
            },
            _ => Err(invalid()),
        }
    }
}

fn parse_revision(text: &str) -> Option<i64> {
    text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn invalid() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_if_match", "If-Match must be one ETag that was read here, or *")
}
