//! Reads a request body within a size and a time-out: a slow or endless body must not occupy a handler.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::Problem;

/// Time-out of a whole body.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(8);

/// A body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// Larger than the limit.
    TooLarge,
    /// Not complete in time.
    TooSlow,
    /// The client disconnected, or its chunks are invalid.
    Broken,
}

impl BodyError {
    /// The error response.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::TooLarge => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too large"),
            Self::TooSlow => {
                Problem::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", "The body did not arrive in time")
            }
            Self::Broken => Problem::new(StatusCode::BAD_REQUEST, "unreadable_body", "The body cannot be read"),
        }
    }
}

/// Reads the whole body, of at most `max` bytes, in at most `time`.
pub async fn read_body(body: Body, max: usize, time: Duration) -> Result<Bytes, BodyError> {
    match tokio::time::timeout(time, Limited::new(body, max).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if is_length(&*error) => Err(BodyError::TooLarge),
        Ok(Err(_)) => Err(BodyError::Broken),
        Err(_) => Err(BodyError::TooSlow),
    }
}

fn is_length(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_length)
}

/// Whether the only `Content-Type` is among `wanted`, in UTF-8 if it names a character set.
pub fn has_content_type(headers: &HeaderMap, wanted: &[&str]) -> bool {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let (Some(only), None) = (lines.next(), lines.next()) else { return false };
    let Ok(text) = only.to_str() else { return false };
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    wanted.iter().any(|wanted| kind.eq_ignore_ascii_case(wanted))
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_are_matched() {
        for (typed, good) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=latin1", false),
            ("application/jsonp", false),
            ("text/plain", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, typed.parse().expect("a value"))]);
            assert_eq!(has_content_type(&headers, &["application/json"]), good, "{typed}");
        }
        assert!(!has_content_type(&HeaderMap::new(), &["application/json"]));
    }

    #[tokio::test]
    async fn body_is_bounded() {
        let time = Duration::from_millis(50);
        assert_eq!(read_body(Body::from("1234"), 4, time).await, Ok(Bytes::from("1234")));
        assert_eq!(read_body(Body::from("12345"), 4, time).await, Err(BodyError::TooLarge));
    }
}
