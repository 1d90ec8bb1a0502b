//! Timestamps in JSON: RFC 3339, UTC, milliseconds.

use domain::time::{Millis, iso};

/// `2027-12-31T18:00:00.000Z`.
pub(crate) fn format_timestamp(at: Millis) -> String {
    iso(at)
}
