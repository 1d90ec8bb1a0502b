//! The server functions of the re-authentication dialog; the work itself is in `service`.

mod code;
mod password;

pub use code::{SignInWithCode, sign_in_with_code};
pub use password::{SignIn, sign_in};

use serde::{Deserialize, Serialize};

/// What comes next after a step of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInStep {
    /// Nothing: the member is signed in.
    Done,
    /// A two-factor code.
    Code,
}

/// The path to open after sign-in: `next` if it is a settings page, else the key list. Prevents open redirects.
#[must_use]
pub fn safe_redirect_path(next: Option<&str>) -> &str {
    match next {
        Some(next) if next.starts_with("/settings/") && next.bytes().all(is_safe_path_byte) => next,
        _ => "/settings/api-keys",
    }
}

/// `%` and `+` are what a browser encodes a search with.
fn is_safe_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-_?=&.%+".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::safe_redirect_path;

    #[test]
    fn only_settings_pages_are_redirect_targets() {
        for own in ["/settings/api-keys?add", "/settings/api-keys?q=a%20b+c"] {
            assert_eq!(safe_redirect_path(Some(own)), own);
        }
        for foreign in [None, Some(""), Some("https://evil.example"), Some("//evil.example"), Some("/settings/\r\nx")] {
            assert_eq!(safe_redirect_path(foreign), "/settings/api-keys");
        }
    }
}
