//! `/forgot-password` and `/reset-password`.

/// Link on the sign-in page.
pub const FORGOT: &str = "Forgot password?";
pub const FORGOT_TITLE: &str = "Forgot your password?";
pub const FORGOT_LEAD: &str =
    "Enter the email address you sign in with, and we will send you a link to choose a new password.";
pub const EMAIL: &str = "Email";
pub const SEND_LINK: &str = "Send link";
pub const BACK_TO_SIGN_IN: &str = "Back to sign in";

pub const SENT_TITLE: &str = "Check your email";
pub const SENT: &str = "If there is a member with that address, a link is on its way. It works once, for one hour.";
pub const SENT_NOTHING: &str = "Nothing there after a few minutes? Look in your spam folder, or ask an owner of your account: \
                                they can make a one-time link for you under Members.";

/// Without a mail server.
pub const ASK_OWNER: &str = "Ask an owner of your account: they can make a one-time link for you under Members. With it you choose a new password.";
pub const ASK_OPERATOR: &str =
    "If you are the only owner, ask the administrator of this server, who can reset it on the command line.";

pub const RESET_TITLE: &str = "Choose a new password";
pub const RESET_LEAD: &str = "You will be signed out everywhere. Two-factor codes stay as they are.";
pub const NEW_PASSWORD: &str = "New password";
pub const PASSWORD_HINT: &str = "At least 12 characters. A few words are easier to remember than symbols.";
pub const CHANGE_PASSWORD: &str = "Change password";

pub const DONE_TITLE: &str = "Your password was changed";
pub const DONE: &str = "You are signed out everywhere. Sign in with your new password.";
pub const SIGN_IN: &str = "Sign in";

pub const CLOSED_TITLE: &str = "This link does not work";
pub const CLOSED_HINT: &str = "Each link works once, for one hour.";
pub const GET_NEW_LINK: &str = "Get a new link";
