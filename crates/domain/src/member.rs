//! Members, who sign in to an account's console: email address, role and password rules. Hashing passwords, sessions
//! and sending mail do not belong here.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::is_invisible;
use crate::texts::{credentials as texts, labels};
use crate::words::impl_words;

/// The most bytes of an email address (RFC 5321).
pub const EMAIL_MAX: usize = 254;
/// The fewest characters of a password.
pub const PASSWORD_MIN: usize = 12;
/// The most characters of a password; more would cost hashing time and add no strength.
pub const PASSWORD_MAX: usize = 256;

/// Common passwords that are long enough, lower-cased.
const COMMON: [&str; 16] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789123",
    "123123123123",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "1q2w3e4r5t6y",
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "administrator",
    "letmeinletmein",
    "changemechangeme",
];

/// A member's email address, lower-cased.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Why an email address is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("{}", texts::email_missing())]
    Empty,
    /// More than 254 bytes.
    #[error("{}", texts::email_too_long(EMAIL_MAX))]
    TooLong,
    /// Not of the form `name@domain`.
    #[error("{}", texts::email_malformed())]
    Malformed,
}

impl Email {
    /// Parses an address of the form `name@domain` without white space or invisible characters. Whether it receives
    /// mail is not checked.
    ///
    /// # Errors
    /// See [`EmailError`].
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let lower = Self::check(typed)?.to_lowercase();
        // Lower-casing makes a few letters longer.
        if lower.len() > EMAIL_MAX { Err(EmailError::TooLong) } else { Ok(Self(lower)) }
    }

    /// Checks an address and returns it trimmed. Does not lower-case it, which would add 12 KB of tables to the wasm.
    ///
    /// # Errors
    /// See [`EmailError`].
    pub fn check(typed: &str) -> Result<&str, EmailError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(EmailError::Empty);
        }
        if typed.len() > EMAIL_MAX {
            return Err(EmailError::TooLong);
        }
        let not_allowed = |c: char| {
            c.is_whitespace() || c.is_control() || is_invisible(c) || matches!(c, '<' | '>' | ',' | ';' | '"')
        };
        let (local, domain) = typed.split_once('@').ok_or(EmailError::Malformed)?;
        let valid_domain = !domain.contains('@') && domain.split('.').all(|label| !label.is_empty());
        if local.is_empty() || !valid_domain || typed.contains(not_allowed) {
            return Err(EmailError::Malformed);
        }
        Ok(typed)
    }

    /// The lower-cased address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Everything, members included.
    Owner,
    /// Everything about keys.
    Admin,
    /// Looking only.
    Viewer,
}

// The most powerful role first.
impl_words!(Role { Owner => "owner", Admin => "admin", Viewer => "viewer" });

impl Role {
    /// The label on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => labels::owner(),
            Self::Admin => labels::admin(),
            Self::Viewer => labels::viewer(),
        }
    }

    /// Whether this role may invite, update and delete members of role `other`, and assign that role: an owner any
    /// role, an admin all but owner, a viewer none. This prevents privilege escalation.
    pub fn may_manage(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin => other != Self::Owner,
            Self::Viewer => false,
        }
    }

    /// Whether this role may create, update, rotate and delete keys.
    pub fn may_manage_keys(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

/// Why a password is refused. Never contains the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum PasswordError {
    /// Fewer than 12 characters.
    #[error("{}", texts::password_too_short(*len, PASSWORD_MIN))]
    TooShort {
        /// Characters typed.
        len: usize,
    },
    /// More than 256 characters.
    #[error("{}", texts::password_too_long(*len, PASSWORD_MAX))]
    TooLong {
        /// Characters typed.
        len: usize,
    },
    /// One character repeated, or a common password.
    #[error("{}", texts::password_guessable())]
    Guessable,
}

/// Checks a new password. Its length counts characters as typed, surrounding spaces included.
///
/// # Errors
/// See [`PasswordError`].
pub fn check_password(typed: &str) -> Result<(), PasswordError> {
    let len = typed.chars().count();
    if len < PASSWORD_MIN {
        return Err(PasswordError::TooShort { len });
    }
    if len > PASSWORD_MAX {
        return Err(PasswordError::TooLong { len });
    }
    let first = typed.chars().next();
    let all_equal = typed.chars().all(|c| Some(c) == first);
    if all_equal || COMMON.iter().any(|common| common.eq_ignore_ascii_case(typed.trim())) {
        return Err(PasswordError::Guessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_are_trimmed_and_lower_cased() {
        for (typed, read) in [
            ("jo@acme.example", "jo@acme.example"),
            (" Jo.M+x@ACME.Example ", "jo.m+x@acme.example"),
            ("root@localhost", "root@localhost"),
            ("jürgen@müller.example", "jürgen@müller.example"),
        ] {
            assert_eq!(Email::parse(typed).as_ref().map(Email::as_str), Ok(read));
        }
    }

    #[test]
    fn malformed_emails_are_refused() {
        for typed in [
            "jo",
            "@acme.example",
            "jo@",
            "jo@a@b",
            "jo m@acme.example",
            "jo@acme..example",
            "jo@acme.",
            "jo\n@acme.example",
            "jo\u{202e}@acme.example",
            "Jo <jo@acme.example>",
            "a@b,c@d",
        ] {
            assert_eq!(Email::parse(typed), Err(EmailError::Malformed), "{typed:?}");
        }
        assert_eq!(Email::parse(" "), Err(EmailError::Empty));
        assert_eq!(Email::parse(&format!("{}@b.example", "a".repeat(250))), Err(EmailError::TooLong));
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        for (typed, result) in [
            ("correct horse battery", Ok(())),
            ("пароль-из-слов", Ok(())),
            ("short", Err(PasswordError::TooShort { len: 5 })),
            ("éééééééééé", Err(PasswordError::TooShort { len: 10 })),
            ("aaaaaaaaaaaaaaa", Err(PasswordError::Guessable)),
            ("Password1234", Err(PasswordError::Guessable)),
        ] {
            assert_eq!(check_password(typed), result);
        }
        assert_eq!(check_password(&"ab".repeat(128)), Ok(()));
        assert_eq!(check_password(&"ab".repeat(129)), Err(PasswordError::TooLong { len: 258 }));
        assert!(COMMON.iter().all(|common| check_password(common) == Err(PasswordError::Guessable)));
    }

    #[test]
    fn roles_round_trip_and_manage_only_what_they_may() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        for (role, managed) in
            [(Role::Owner, &Role::ALL[..]), (Role::Admin, &[Role::Admin, Role::Viewer]), (Role::Viewer, &[])]
        {
            let found: Vec<Role> = Role::ALL.into_iter().filter(|other| role.may_manage(*other)).collect();
            assert_eq!(found, managed);
        }
        assert!(Role::Admin.may_manage_keys() && !Role::Viewer.may_manage_keys());
    }
}
