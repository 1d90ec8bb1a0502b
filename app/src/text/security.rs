//! `/settings/security`: a member's own password, two-factor codes and sessions.

pub const TITLE: &str = "Security";
/// Below the heading.
pub fn lead(email: &str) -> String {
    format!("How you ({email}) sign in, and where you are signed in.")
}

pub const PASSWORD_CHANGED: &str = "Your password was changed. You are signed out everywhere else.";
pub const CODES_DISABLED: &str = "Two-factor codes are disabled. Signing in takes only your password.";
pub const SESSION_ENDED: &str = "The session was ended.";
pub const OTHER_SESSIONS_ENDED: &str = "You are signed out everywhere else.";
pub const MUST_SET_UP: &str =
    "Your account requires two-factor codes. Set them up below; until then you cannot open anything else.";

pub const PASSWORD: &str = "Password";
pub const CURRENT_PASSWORD: &str = "Current password";
pub const NEW_PASSWORD: &str = "New password";
pub const NEW_PASSWORD_HINT: &str = "At least 12 characters. A few words are easier to remember than symbols. You will be signed \
                                     out everywhere else.";
pub const CHANGE_PASSWORD: &str = "Change password";
pub const YOUR_PASSWORD: &str = "Your password";

pub const RECOVERY_CODES: &str = "Your recovery codes";
pub const RECOVERY_CODES_LEAD: &str = "Write them down or print this page: you won't be able to see them again. Each signs you in \
                                       once, in place of a code from your app. Earlier recovery codes no longer work.";

pub const TWO_FACTOR: &str = "Two-factor codes";
pub const ON: &str = "On";
pub const OFF: &str = "Off";
pub const TWO_FACTOR_LEAD: &str = "With two-factor codes, signing in takes your password and a code from an app on your phone, \
                                   such as Aegis, 1Password or Google Authenticator. A stolen password alone is not enough.";
pub const SET_UP: &str = "Set up two-factor codes";
pub const SCAN: &str = "Scan this with your app, then enter the code it shows.";
pub const QR_CODE: &str = "QR code for your app";
pub const OR_ENTER_SECRET: &str = "Or enter this secret in your app";
pub const CODE: &str = "Code";
pub const APP_CODE_HINT: &str = "Six digits from your app.";
pub const ENABLE: &str = "Enable";

/// `day` is a date, `left` counts unused recovery codes.
pub fn on_since(day: &str, left: usize) -> String {
    let codes = match left {
        0 => "You have no recovery codes left.".to_owned(),
        1 => "You have 1 recovery code left.".to_owned(),
        _ => format!("You have {left} recovery codes left."),
    };
    format!("Enabled since {day}. {codes}")
}
pub const REQUIRED: &str = "Your account requires two-factor codes, so you cannot disable them.";
pub const NEW_RECOVERY_CODES: &str = "New recovery codes";
pub const NEW_RECOVERY_CODES_HINT: &str = "Six digits from your app. Your current recovery codes will stop working.";
pub const CREATE_RECOVERY_CODES: &str = "Create new codes";
pub const DISABLE_TITLE: &str = "Disable two-factor codes";
pub const ANY_CODE_HINT: &str = "Six digits from your app, or a recovery code.";
pub const DISABLE: &str = "Disable";

pub const SESSIONS: &str = "Where you are signed in";
pub const END_OTHERS: &str = "Sign out everywhere else";
pub const ADDRESS: &str = "Address";
pub const ADDRESS_UNKNOWN: &str = "Unknown";
pub const SIGNED_IN: &str = "Signed in";
pub const LAST_USED: &str = "Last used";
pub const ACTIONS: &str = "Actions";
pub const THIS_SESSION: &str = "This session";
pub const END: &str = "End";
/// Accessible name of a session's button; `at` is a date and time.
pub fn end_session(address: &str, at: &str) -> String {
    format!("End the session from {address}, signed in {at}")
}
