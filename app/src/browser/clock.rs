//! The browser's clock, for event handlers only: a view that reads it would differ from the server's HTML.

use domain::time::Millis;

/// The current time of the member's machine.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}
