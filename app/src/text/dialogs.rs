//! The dialogs that confirm an act on keys.

use domain::time::{Millis, ago, date_time_utc};

pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const BUSY: &str = "One moment…";
pub const DISABLE_TITLE: &str = "Disable API key";
pub const DISABLE: &str = "Disable Key";
pub const DISABLE_EFFECT: &str = "Requests with this key will fail immediately, until you enable it again.";
pub const DISABLE_EFFECT_MANY: &str = "Requests with these keys will fail immediately, until you enable them again.";
pub const ENABLE_TITLE: &str = "Enable API key";
pub const ENABLE: &str = "Enable Key";
pub const ENABLE_EFFECT: &str =
    "Requests with this key will be allowed again immediately, within its whitelist, privileges and limits.";
pub const ENABLE_EFFECT_MANY: &str =
    "Requests with these keys will be allowed again immediately, within their whitelists, privileges and limits.";
pub const DELETE_TITLE: &str = "Delete API key";
pub const DELETE: &str = "Delete Key";
pub const DELETE_EFFECT: &str = "Requests with this key will fail immediately. This cannot be undone.";
pub const DELETE_EFFECT_MANY: &str = "Requests with these keys will fail immediately. This cannot be undone.";
pub const DISABLE_INSTEAD: &str = "Disable it instead";
pub const DISABLE_FIRST: &str = "Not sure that nothing needs it any more? Disable the key first; that can be undone.";
pub const REASON: &str = "Reason (optional)";
pub const REASON_HINT: &str = "Kept with the key's history.";
pub const CONFIRM_NAME_HINT: &str = "The key is in use, so please type its name.";
pub const END_OVERLAP_TITLE: &str = "End old API key";
pub const END_OVERLAP: &str = "End old key now";
pub const ROTATE_TITLE: &str = "Rotate API key";
pub const ROTATE: &str = "Rotate Key";
pub const ROTATE_EFFECT: &str =
    " gets a new secret, which is shown once. Its name, whitelist, privileges and limits stay the same.";
pub const ROTATE_AGAIN: &str = "The old key from the last rotation still works. It stops working now: only the current key \
                                can overlap with the new one.";
pub const OVERLAP: &str = "Keep the old key working for";
pub const OVERLAP_NONE: &str = "Not at all: it is refused immediately";
pub const OVERLAP_1H: &str = "1 hour";
pub const OVERLAP_24H: &str = "24 hours";
pub const OVERLAP_7D: &str = "7 days";
pub const OVERLAP_DATE: &str = "Until a date…";
pub const OVERLAP_UNTIL: &str = "Until (UTC)";
pub const OVERLAP_HINT: &str =
    "Until then the key's page shows which addresses still use the old key, and lets you end it sooner.";
pub const OLD_SECRET_NOT_USED: &str = "The old key has not been used since the rotation.";
pub const NEVER_USED: &str = "It has never been used.";

/// The label of the field that a key in use asks for.
pub fn confirm_name(name: &str) -> String {
    format!("Type {name} to confirm")
}

pub fn last_used(at: Millis, address: Option<&str>, now: Millis) -> String {
    match address {
        Some(address) => format!("Used {} from {address}.", ago(at, now)),
        None => format!("Used {}.", ago(at, now)),
    }
}

/// How many of several keys are in use.
pub fn in_use(used: usize, of: usize) -> String {
    match used {
        0 => "None of them was used in the last 24 hours.".to_owned(),
        used if used == of => "All of them were used in the last 24 hours.".to_owned(),
        1 => format!("1 of {of} was used in the last 24 hours."),
        used => format!("{used} of {of} were used in the last 24 hours."),
    }
}

pub fn keys(count: usize) -> String {
    format!("{count} keys")
}

/// Names, and how many more there are.
pub fn names(names: &[&str], more: usize) -> String {
    match more {
        0 => format!(" ({})", names.join(", ")),
        more => format!(" ({} and {more} more)", names.join(", ")),
    }
}

pub fn end_overlap_effect(until: Millis) -> String {
    format!(
        " keeps working. Its old key, which would work until {}, will be refused immediately. The key's page shows which \
         addresses still use it.",
        date_time_utc(until)
    )
}

pub fn old_secret_used(at: Millis, now: Millis) -> String {
    format!("The old key was used {}.", ago(at, now))
}
