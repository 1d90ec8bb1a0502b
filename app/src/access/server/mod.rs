//! Server functions of sign-in, sign-out and set-up; the work itself is in `service`.

mod set_up;
mod sign_in;
mod sign_out;

pub use set_up::{SetUp, set_up};
pub use sign_in::{SignIn, sign_in};
pub use sign_out::SignOut;

/// The path to open after sign-in: `next` if it is a settings page, else the key list. Prevents open redirects.
#[must_use]
pub fn safe_redirect_path(next: Option<&str>) -> &str {
    match next {
        Some(next) if next.starts_with("/settings/") && next.bytes().all(is_safe_path_byte) => next,
        _ => "/settings/api-keys",
    }
}

fn is_safe_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-_?=&.".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::safe_redirect_path;

    #[test]
    fn only_settings_pages_are_redirect_targets() {
        assert_eq!(safe_redirect_path(Some("/settings/api-keys?add")), "/settings/api-keys?add");
        for foreign in [None, Some(""), Some("https://evil.example"), Some("//evil.example"), Some("/settings/\r\nx")] {
            assert_eq!(safe_redirect_path(foreign), "/settings/api-keys");
        }
    }
}
