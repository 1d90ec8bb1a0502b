//! The dialogs that confirm an act on keys.

use domain::time::{Millis, ago, date_time_utc};

i18n::texts! { "dialogs";
    cancel,
    close,
    busy,
    disable_title,
    disable,
    disable_effect,
    disable_effect_many,
    enable_title,
    enable,
    enable_effect,
    enable_effect_many,
    delete_title,
    delete,
    delete_effect,
    delete_effect_many,
    disable_instead,
    disable_first,
    reason,
    reason_hint,
    confirm_name_hint,
    end_overlap_title,
    end_overlap,
    rotate_title,
    rotate,
    rotate_effect,
    rotate_again,
    overlap,
    overlap_none,
    overlap_1h,
    overlap_24h,
    overlap_7d,
    overlap_date,
    overlap_until,
    overlap_hint,
    old_secret_not_used,
    never_used,
    confirm_name(name),
    keys(count),
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
