//! The dialog that shows a new secret once.

use domain::time::{Millis, date_time_utc};
use domain::verdict::VerdictCode;

i18n::texts! { "reveal";
    created,
    rotated,
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
    save_now[name],
    old_key_works_until(at),
    call_allowed,
    call_allowed_from(address),
    call_refused(code),
    call_refused_from(code, address),
}

pub fn old_key_until(until: Millis) -> String {
    old_key_works_until(date_time_utc(until))
}

pub fn first_call_allowed(address: Option<&str>) -> String {
    match address {
        Some(address) => call_allowed_from(address),
        None => call_allowed().to_owned(),
    }
}

pub fn first_call_refused(code: VerdictCode, address: Option<&str>) -> String {
    match address {
        Some(address) => call_refused_from(code.as_str(), address),
        None => call_refused(code.as_str()),
    }
}
