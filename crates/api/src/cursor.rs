//! The cursor of a list's page.

use domain::views::Cursor;
use http::StatusCode;

use problem::Problem;

/// Parses `after`, the `next` of the previous page.
pub(crate) fn parse_cursor(text: Option<&str>) -> Result<Option<Cursor>, Problem> {
    let parse = |text: &str| {
        text.parse().map_err(|()| {
            let title = "after must be the next of the page before";
            Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title)
        })
    };
    text.map(parse).transpose()
}
