//! Pages of a list: where one ends, the next begins.

use domain::views::Cursor;
use http::StatusCode;

use problem::Problem;

/// Reads `after`, which is what the page before gave as `next`.
pub(super) fn cursor(typed: Option<&str>) -> Result<Option<Cursor>, Problem> {
    let parse = |text: &str| {
        text.parse().map_err(|()| {
            let title = "after must be the next of the page before";
            Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title)
        })
    };
    typed.map(parse).transpose()
}
