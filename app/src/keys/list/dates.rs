//! Dates in the list.

use domain::time::{Millis, date_utc};

/// A date without its year if it is this year.
pub(super) fn short_date(at: Millis, now: Millis) -> String {
    without_year(&date_utc(at), now)
}

/// Leaves out the year of a date if it is this year.
pub(super) fn without_year(date: &str, now: Millis) -> String {
    let today = date_utc(now);
    let year = today.rfind(' ').map_or("", |at| &today[at..]);
    date.replacen(year, "", 1)
}
