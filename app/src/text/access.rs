//! Sign-in, set-up, and what happens when a session has ended.

/// Heading and button of the sign-in page.
pub const SIGN_IN: &str = "Sign in";
/// Label.
pub const EMAIL: &str = "Email";
/// Label.
pub const PASSWORD: &str = "Password";
/// Error of an empty email.
pub const EMAIL_MISSING: &str = "Enter your email.";
/// Error of an empty password.
pub const PASSWORD_MISSING: &str = "Enter your password.";

/// Heading of the second step.
pub const ENTER_CODE: &str = "Enter your code";
/// What that step is for.
pub const CODE_WANTED: &str =
    "Your password is correct. Enter the code that your authenticator app shows for this site.";
/// Label.
pub const CODE: &str = "Code";
/// Hint of the code.
pub const CODE_HINT: &str = "Six digits, or one of your recovery codes.";
/// Link back to the first step.
pub const SIGN_IN_AS_SOMEONE_ELSE: &str = "Sign in as someone else";
/// Why the first step is asked for again.
pub const START_AGAIN: &str = "The sign-in expired, or too many codes were wrong. Sign in again.";

/// Heading of the dialog above an open form.
pub const SIGN_IN_AGAIN: &str = "Sign in again";
/// Why that dialog opened.
pub const SESSION_ENDED: &str = "Your session has ended. Sign in to continue; nothing you typed is lost.";
/// On the sign-in page, of a session that timed out.
pub const SIGN_IN_TO_CONTINUE: &str = "Your session has ended. Sign in to continue.";
/// On the sign-in page, after signing out.
pub const SIGNED_OUT: &str = "You are signed out.";
/// Above a form that was filled in before the session ended.
pub const FORM_RESTORED: &str = "You are signed in again. What you typed is still here, but not saved yet. Passwords and codes must be entered again.";
/// Button.
pub const CANCEL: &str = "Cancel";

/// Heading of the set-up page.
pub const SET_UP: &str = "Set up your account";
/// Label.
pub const ACCOUNT_NAME: &str = "Account name";
/// Hint of the account's name.
pub const ACCOUNT_NAME_HINT: &str = "Your company, as its members see it.";
/// Hint of the email.
pub const EMAIL_HINT: &str = "You sign in with it.";
/// Hint of a new password.
pub const PASSWORD_HINT: &str = "At least 12 characters. A few words are easier to remember than symbols.";
/// Button of the set-up page.
pub const CREATE_ACCOUNT: &str = "Create account";
/// Heading when the link opens nothing.
pub const SET_UP_CLOSED: &str = "Set-up is closed";
/// What to do then.
pub const SET_UP_CLOSED_ADVICE: &str = "This link has expired or is incomplete. If an account exists, sign in. Otherwise use \
     the link that Keyhatch printed when it last started; each start prints a new one until an account exists.";
/// Link.
pub const GO_TO_SIGN_IN: &str = "Go to sign-in";
/// Heading while the database cannot be read.
pub const SET_UP_UNAVAILABLE: &str = "Set-up is unavailable";
