//! "Test this key".

use domain::verdict::VerdictCode;

pub const TITLE: &str = "Test API key";
pub const ADDRESS: &str = "Address";
pub const ADDRESS_HINT: &str = "Where the call would come from.";
pub const PRIVILEGE: &str = "Privilege";
pub const CHANNEL: &str = "Channel";
pub const COST: &str = "Cost";
pub const NONE: &str = "None";
pub const TEST: &str = "Test";
pub const TESTING: &str = "Testing…";
pub const DONE: &str = "Done";
pub const ALLOWED: &str = "✓ Allowed";
pub const EDIT_KEY: &str = "Edit Key";
pub const CHECK_PASSED: &str = "passed";
pub const CHECK_FAILED: &str = "failed";

pub fn refused(code: VerdictCode) -> String {
    format!("✕ Refused: {}", code.as_str())
}
