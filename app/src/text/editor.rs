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
    environment_fixed,
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
    add_address(address),
    use_instead(suggestion),
}

pub fn redundant_entries(count: usize) -> String {
    match count {
        1 => "1 is listed already and counts once".to_owned(),
        count => format!("{count} are listed already and count once"),
    }
}

pub fn wrong_line(number: usize, error: &impl Display) -> String {
    format!("Line {number}: {error}")
}

pub fn would_be_blocked(address: &str, at: Millis, now: Millis) -> String {
    format!("{address} used this key {} and would be blocked.", ago(at, now))
}

/// A lifetime in the list of expiries.
pub fn days(days: usize) -> String {
    match days {
        1 => "1 day".into(),
        365 => "1 year".into(),
        days => format!("{days} days"),
    }
}

/// The longest lifetime.
pub fn at_most(longest: usize) -> String {
    format!("At most {} from now.", days(longest))
}

/// Who updated the key meanwhile.
pub fn conflict(by: &str, at: Millis, now: Millis) -> String {
    format!("{by} changed this key {}, and so did you. Your changes are not saved yet.", ago(at, now))
}

/// A field that both sides changed.
pub fn difference(conflict: &MergeConflict) -> String {
    let phrase = |text: &str| match text {
        "" => "nothing".to_owned(),
        "*" => "all".to_owned(),
        text => text.replace('\n', ", "),
    };
    let (theirs, mine) = (phrase(&conflict.theirs), phrase(&conflict.mine));
    format!("{}: saved as {theirs}, you entered {mine}.", field_label(conflict.field))
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
