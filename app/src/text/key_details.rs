//! The page of one key.

use domain::explain::LimitStatus;
use domain::time::{Millis, ago, date_time_utc};
use domain::views::LastUse;

pub const CANNOT_BE_SHOWN: &str = "The key cannot be shown";
pub const BACK_TO_LIST: &str = "Back to API Keys";
pub const BACK: &str = "← API Keys";
pub const EDIT: &str = "Edit Key";
pub const ROTATE: &str = "Rotate Key";
pub const DISABLE: &str = "Disable Key";
pub const ENABLE: &str = "Enable Key";
pub const DELETE: &str = "Delete Key";
pub const TEST: &str = "Test this key";
pub const COPY: &str = "Copy";
pub const ABOUT: &str = "About this key";
pub const DANGER: &str = "Danger zone";
pub const DISABLE_HINT: &str = "Requests with this key will fail immediately, until you enable it again.";
pub const ENABLE_HINT: &str = "Requests with this key are refused until you enable it.";
pub const DELETE_HINT: &str = "Requests with this key will fail immediately. This cannot be undone.";
pub const OLD_KEY: &str = "Old key";
pub const OLD_KEY_NOT_USED: &str = "The old key has not been used since the rotation.";
pub const OLD_KEY_USED_FROM: &str = "It was used from:";
pub const END_OLD_KEY: &str = "End old key now";
pub const HOW_TO_SEND: &str = "How to send it";
pub const HISTORY: &str = "History";
pub const OLDER: &str = "Older";
pub const NEVER_USED: &str = "Never used";
const UNKNOWN_ADDRESS: &str = "an unknown address";

/// The last use, in the head of the page.
pub fn last_used(last_use: &LastUse, now: Millis) -> String {
    let from = last_use.address.as_deref().unwrap_or(UNKNOWN_ADDRESS);
    format!("Used {} from {from}", ago(last_use.at, now))
}

/// An address that still uses the old key.
pub fn old_key_use(last_use: &LastUse, now: Millis) -> String {
    let from = last_use.address.as_deref().unwrap_or(UNKNOWN_ADDRESS);
    format!("{from}, last {}", ago(last_use.at, now))
}

pub fn old_key_until(until: Millis) -> String {
    format!("The old key works until {}.", date_time_utc(until))
}

pub fn keep_in_variable(variable: &str) -> String {
    format!("Keep the key in an environment variable, here {variable}, and send it with every call.")
}

/// The accessible name of a sample.
pub fn example_in(language: &str) -> String {
    format!("Example in {language}")
}

/// The summary of a folded list.
pub fn more_entries(count: usize) -> String {
    format!("{count} more")
}

/// A limit, what is left of it, and when it begins anew.
pub fn limit(status: &LimitStatus) -> String {
    let (limit, left) = (status.allowance.describe(), status.left_text());
    match status.resets_at {
        Some(at) => format!("{limit}: {left} left, resets {}", date_time_utc(at)),
        None => format!("{limit}: {left} left"),
    }
}

/// Where an entry of the history came from.
pub fn from_address(address: &str) -> String {
    format!(", from {address}")
}
