//! The dialogs that confirm an act on keys.

use domain::time::{Millis, ago, date_time_utc};
use i18n::TextPart;

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
    named(names),
    named_and_more(names, more),
    used(ago),
    used_from(ago, address),
    in_use_of(used, of),
    all_in_use,
    rotate_effect[key],
    overlap_key_works[key],
    overlap_ends_now(until),
    old_secret_used_at(ago),
}

pub fn last_used(at: Millis, address: Option<&str>, now: Millis) -> String {
    match address {
        Some(address) => used_from(ago(at, now), address),
        None => used(ago(at, now)),
    }
}

/// How many of several keys are in use.
pub fn in_use(used: usize, of: usize) -> String {
    if used > 0 && used == of { all_in_use().to_owned() } else { in_use_of(used, of) }
}

/// Names, and how many more there are.
pub fn names(names: &[&str], more: usize) -> String {
    match more {
        0 => named(names.join(", ")),
        more => named_and_more(names.join(", "), more),
    }
}

/// What ending the old secret of this key does.
pub fn end_overlap_effect(key: &str, until: Millis) -> Vec<TextPart> {
    let mut parts = overlap_key_works(key);
    parts.push(TextPart { text: format!(" {}", overlap_ends_now(date_time_utc(until))), is_argument: false });
    parts
}

pub fn old_secret_used(at: Millis, now: Millis) -> String {
    old_secret_used_at(ago(at, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_use_are_counted() {
        for (used, of, expected) in [
            (0, 2, "None of them was used in the last 24 hours."),
            (1, 2, "1 of 2 was used in the last 24 hours."),
            (2, 3, "2 of 3 were used in the last 24 hours."),
            (2, 2, "All of them were used in the last 24 hours."),
        ] {
            assert_eq!(in_use(used, of), expected);
        }
    }

    #[test]
    fn the_first_keys_are_named() {
        assert_eq!(names(&["A", "B"], 0), " (A, B)");
        assert_eq!(names(&["A", "B"], 2), " (A, B and 2 more)");
    }
}
