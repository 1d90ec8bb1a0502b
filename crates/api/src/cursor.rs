//! The cursor of a list's page.

use http::StatusCode;
use std::str::FromStr;

use problem::Problem;

/// Parses `after`, the `next` of the previous page.
pub(crate) fn parse_cursor<C: FromStr>(text: Option<&str>) -> Result<Option<C>, Problem> {
    text.map(|text| text.parse().map_err(|_| malformed_cursor())).transpose()
}

/// The problem of an `after` that the list did not return.
pub(crate) fn malformed_cursor() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", "after must be the next of the page before")
}
