//! The browser's clock. Only handlers of events may ask it: a view that did would not be what the server rendered.

use domain::time::Millis;

/// Now, as the person's machine has it.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
pub(super) fn now() -> Millis {
    js_sys::Date::now() as Millis
}
