//! The cursor of a list's page.

use http::StatusCode;
use std::str::FromStr;

use problem::Problem;

/// Parses `after`, the `next` of the previous page.
pub(crate) fn parse_cursor<C: FromStr>(text: Option<&str>) -> Result<Option<C>, Problem> {
    let parse = |text: &str| {
        text.parse().map_err(|_| {
            let title = "after must be the next of the page before";
            Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title)
        })
    };
    text.map(parse).transpose()
}
