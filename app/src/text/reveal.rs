//! The dialog that shows a new secret once.

use domain::time::{Millis, date_time_utc};
use domain::verdict::VerdictCode;

i18n::texts! { "reveal";
    created,
    rotated,
    save_now,
    key,
    copy,
    copied,
    copied_status,
    copy_failed,
    pdf,
    pdf_hint,
    env,
    copy_env,
    first_call,
    language,
    copy_call,
    saved,
    done,
    old_key_ended,
    waiting,
    example_in(language),
    allow(address),
}

pub fn old_key_until(until: Millis) -> String {
    format!("The old key works until {}.", date_time_utc(until))
}

pub fn first_call_allowed(address: Option<&str>) -> String {
    match address {
        Some(address) => format!("✓ First call allowed, from {address}."),
        None => "✓ First call allowed.".to_owned(),
    }
}

pub fn first_call_refused(code: VerdictCode, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("First call refused: {}, from {address}.", code.as_str()),
        None => format!("First call refused: {}.", code.as_str()),
    }
}
