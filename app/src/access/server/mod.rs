//! The server functions of signing in and out; a few lines each, the work is in `service`.

mod set_up;
mod sign_in;
mod sign_out;

pub use set_up::{SetUp, set_up};
pub use sign_in::{SignIn, sign_in};
pub use sign_out::SignOut;

/// A place of ours to go to after signing in; never an address that somebody put into a link.
#[must_use]
pub fn safe_redirect_path(next: Option<&str>) -> &str {
    match next {
        Some(next) if next.starts_with("/settings/") && next.bytes().all(is_plain) => next,
        _ => "/settings/api-keys",
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-_?=&.".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::safe_redirect_path;

    #[test]
    fn only_pages_of_the_settings_are_gone_to() {
        assert_eq!(safe_redirect_path(Some("/settings/api-keys?add")), "/settings/api-keys?add");
        for foreign in [None, Some(""), Some("https://evil.example"), Some("//evil.example"), Some("/settings/\r\nx")] {
            assert_eq!(safe_redirect_path(foreign), "/settings/api-keys");
        }
    }
}
