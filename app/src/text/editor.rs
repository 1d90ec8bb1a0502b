//! The slider that adds or edits a key.

use domain::merge::{KeyField, MergeConflict};
use domain::time::{Millis, ago};
use std::fmt::Display;

pub const ADD_TITLE: &str = "Add API key";
pub const EDIT_TITLE: &str = "Edit API key";
pub const SAVE: &str = "Save";
pub const SAVING: &str = "Saving…";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const NAME: &str = "Name";
pub const NAME_HINT: &str = "The program that uses this key. You can change it later.";
pub const ENVIRONMENT: &str = "Environment";
pub const LIVE: &str = "Live";
pub const SANDBOX: &str = "Sandbox";
pub const ENVIRONMENT_FIXED: &str = ", set when the key was created.";
pub const START_FROM: &str = "Start from";
pub const PRIVILEGES: &str = "Privileges";
pub const MODULE: &str = "Module";
pub const ALL_PRIVILEGES: &str = "All privileges";
pub const ALL_PRIVILEGES_HINT: &str = "Includes modules that are added later.";
pub const NO_PRIVILEGES: &str = "With no privileges, the key only identifies the caller.";
pub const PRIVILEGES_FIXED: &str =
    "Privileges were set when the key was created and cannot be changed. Add another key for other privileges.";
pub const PRIVILEGES_WILL_BE_FIXED: &str = "Choose with care: privileges cannot be changed later.";
pub const WHITELIST: &str = "IP whitelist";
pub const WHITELIST_HINT: &str = "One IP, range or CIDR per line, e.g. 203.0.113.0/24. ";
pub const WHITELIST_HINT_OPTIONAL: &str =
    "One IP, range or CIDR per line, e.g. 203.0.113.0/24. Empty allows any address. ";
pub const WHITELIST_REQUIRED: &str = "A key works only from the addresses listed here. List at least one.";
pub const ANY_ADDRESS: &str = "Any address may use this key.";
pub const ADD_MY_ADDRESS: &str = "Add my address";
pub const LIMITS: &str = "Limits and expiry";
pub const EXPIRES: &str = "Expires";
pub const EXPIRES_AT: &str = "Expires at (UTC)";
pub const NEVER: &str = "Never";
pub const ON_A_DATE: &str = "On a date…";
pub const PER_SECOND: &str = "Calls per second";
pub const PER_MINUTE: &str = "Calls per minute";
pub const PER_HOUR: &str = "Calls per hour";
pub const PER_DAY: &str = "Calls per day";
pub const USES: &str = "Number of uses";
pub const REFILL: &str = "Resets";
pub const REFILL_DAY: &str = "Every day";
pub const REFILL_MONTH: &str = "Every month";
pub const LIMITS_HINT: &str = "Leave a field empty for no limit. Days and months begin at 00:00 UTC. A call over a limit is \
                               refused and not counted.";
pub const KEEP_THEIRS: &str = "Keep theirs";
pub const USE_MINE: &str = "Use mine";

/// The hint below the environments.
pub fn environment_hint(sandbox_prefix: &str) -> String {
    format!("Use sandbox keys for testing. They start with {sandbox_prefix}. This cannot be changed later.")
}

/// "6 of 50".
pub fn count_of(count: usize, limit: usize) -> String {
    format!("{count} of {limit}")
}

pub fn valid_entries(count: usize) -> String {
    format!("{count} valid")
}

pub fn redundant_entries(count: usize) -> String {
    match count {
        1 => "1 is listed already and counts once".to_owned(),
        count => format!("{count} are listed already and count once"),
    }
}

pub fn wrong_entries(count: usize) -> String {
    format!("{count} to fix")
}

pub fn wrong_line(number: usize, error: &impl Display) -> String {
    format!("Line {number}: {error}")
}

pub fn would_be_blocked(address: &str, at: Millis, now: Millis) -> String {
    format!("{address} used this key {} and would be blocked.", ago(at, now))
}

pub fn add_address(address: &str) -> String {
    format!("Add {address}")
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

pub fn use_instead(suggestion: &str) -> String {
    format!("Use {suggestion} instead")
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
        KeyField::Name => NAME,
        KeyField::Whitelist => WHITELIST,
        KeyField::Privileges => PRIVILEGES,
        KeyField::Expires => EXPIRES,
        KeyField::Second => PER_SECOND,
        KeyField::Minute => PER_MINUTE,
        KeyField::Hour => PER_HOUR,
        KeyField::Day => PER_DAY,
        KeyField::Uses => USES,
    }
}
