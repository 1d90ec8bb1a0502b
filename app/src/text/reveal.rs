//! The dialog that shows a new secret once.

use domain::time::{Millis, date_time_utc};
use domain::verdict::VerdictCode;

pub const CREATED: &str = "API key created";
pub const ROTATED: &str = "API key rotated";
pub const SAVE_NOW: &str = " is ready. Save the key now: you won't be able to see it again.";
pub const KEY: &str = "API key";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const COPIED_STATUS: &str = "The key is on the clipboard.";
pub const COPY_FAILED: &str = "The browser refused to copy. The key is selected: press Ctrl+C (on a Mac ⌘C).";
pub const PDF: &str = "Download PDF";
pub const PDF_HINT: &str = "with its name, whitelist, privileges and limits";
pub const ENV: &str = "Keep it in your .env file";
pub const COPY_ENV: &str = "Copy .env line";
pub const FIRST_CALL: &str = "Make the first call";
pub const LANGUAGE: &str = "Language";
pub const COPY_CALL: &str = "Copy call";
pub const SAVED: &str = "I have saved this key";
pub const DONE: &str = "Done";
pub const OLD_KEY_ENDED: &str = "The old key no longer works.";

pub fn old_key_until(until: Millis) -> String {
    format!("The old key works until {}.", date_time_utc(until))
}

/// The accessible name of a sample.
pub fn example_in(language: &str) -> String {
    format!("Example in {language}")
}

pub const WAITING: &str = "Waiting for the first call…";

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

pub fn allow(address: &str) -> String {
    format!("Allow {address}")
}
