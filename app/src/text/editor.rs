//! The slider that adds or edits a key.

use domain::merge::{KeyField, MergeConflict};
use domain::time::{Millis, ago};
use std::fmt::Display;

i18n::texts! { "editor";
    add_title,
    edit_title,
    save,
    save_new,
    saving,
    cancel,
    close,
    name,
    name_hint,
    environment,
    live,
    sandbox,
    start_from,
    privileges,
    module,
    all_privileges,
    all_privileges_hint,
    no_privileges,
    privileges_fixed,
    privileges_will_be_fixed,
    whitelist,
    whitelist_hint,
    whitelist_hint_optional,
    whitelist_required,
    any_address,
    add_my_address,
    limits,
    expires,
    expires_at,
    never,
    on_a_date,
    per_second,
    per_minute,
    per_hour,
    per_day,
    uses,
    refill,
    refill_day,
    refill_month,
    limits_hint,
    keep_theirs,
    use_mine,
    environment_hint(sandbox_prefix),
    count_of(count, limit),
    valid_entries(count),
    wrong_entries(count),
    redundant_entries(count),
    line_error(number, error),
    blocked_caller(address, ago),
    days(days),
    at_most(days),
    environment_fixed(environment),
    changed_meanwhile(by, ago),
    difference_in(field, theirs, mine),
    empty,
    all,
    add_address(address),
    use_instead(suggestion),
}

pub fn wrong_line(number: usize, error: &impl Display) -> String {
    line_error(number, error.to_string())
}

pub fn would_be_blocked(address: &str, at: Millis, now: Millis) -> String {
    blocked_caller(address, ago(at, now))
}

/// Who updated the key meanwhile.
pub fn conflict(by: &str, at: Millis, now: Millis) -> String {
    changed_meanwhile(by, ago(at, now))
}

/// A field that both sides changed.
pub fn difference(conflict: &MergeConflict) -> String {
    let phrase = |text: &str| match text {
        "" => empty().to_owned(),
        "*" => all().to_owned(),
        text => text.replace('\n', ", "),
    };
    difference_in(field_label(conflict.field), phrase(&conflict.theirs), phrase(&conflict.mine))
}

fn field_label(field: KeyField) -> &'static str {
    match field {
        KeyField::Name => name(),
        KeyField::Whitelist => whitelist(),
        KeyField::Privileges => privileges(),
        KeyField::Expires => expires(),
        KeyField::Second => per_second(),
        KeyField::Minute => per_minute(),
        KeyField::Hour => per_hour(),
        KeyField::Day => per_day(),
        KeyField::Uses => uses(),
    }
}
