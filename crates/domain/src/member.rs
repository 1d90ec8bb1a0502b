//! People who open an account's console: their email address, role and password. Hashing a password, sessions and
//! sending mail do not belong here.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::is_invisible;

/// The most bytes an email address may have (RFC 5321).
pub const EMAIL_MAX: usize = 254;
/// The fewest characters of a password.
pub const PASSWORD_MIN: usize = 12;
/// The most characters of a password; more would only cost hashing time.
pub const PASSWORD_MAX: usize = 256;

/// Passwords that are long enough and still the first to be tried, lower-cased.
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

/// An email address, lower-cased, by which a member signs in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Why an email address is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("Enter an email address.")]
    Empty,
    /// More than 254 bytes.
    #[error("An email address has at most {EMAIL_MAX} characters.")]
    TooLong,
    /// Not of the form `name@domain`.
    #[error("This is not an email address. Write it as name@example.com.")]
    Malformed,
}

impl Email {
    /// Reads an address: something, one `@`, something, nothing blank or invisible. Whether mail arrives there only
    /// sending some can tell.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let lower = Self::check(typed)?.to_lowercase();
        // Lower-casing a few letters makes them longer.
        if lower.len() > EMAIL_MAX { Err(EmailError::TooLong) } else { Ok(Self(lower)) }
    }

    /// Checks an address without lower-casing it, which would bring 12 KB of tables into the browser. Gives it trimmed.
    pub fn check(typed: &str) -> Result<&str, EmailError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(EmailError::Empty);
        }
        if typed.len() > EMAIL_MAX {
            return Err(EmailError::TooLong);
        }
        let odd = |c: char| {
            c.is_whitespace() || c.is_control() || is_invisible(c) || matches!(c, '<' | '>' | ',' | ';' | '"')
        };
        let (local, domain) = typed.split_once('@').ok_or(EmailError::Malformed)?;
        let domain_is_good = !domain.contains('@') && domain.split('.').all(|label| !label.is_empty());
        if local.is_empty() || !domain_is_good || typed.contains(odd) {
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

/// What a member may do in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Everything, members included.
    Owner,
    /// Everything about keys.
    Admin,
    /// Looking.
    Viewer,
}

impl Role {
    /// The word in rows, at the command line and over HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Every role, the one that may do most first.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Admin, Self::Viewer];

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Viewer => "Viewer",
        }
    }

    /// Whether this role may invite, change and remove members of role `other`, and give it to somebody: an owner
    /// everybody, an admin all but owners, a viewer nobody. So nobody gives more than they have.
    pub fn may_manage(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin => other != Self::Owner,
            Self::Viewer => false,
        }
    }

    /// Whether this role may create, change and delete keys.
    pub fn may_manage_keys(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

/// Why a password is refused. Never repeats it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum PasswordError {
    /// Fewer than 12 characters.
    #[error("The password has {len} characters; use at least {PASSWORD_MIN}.")]
    TooShort {
        /// Characters typed.
        len: usize,
    },
    /// More than 256 characters.
    #[error("The password has {len} characters; use at most {PASSWORD_MAX}.")]
    TooLong {
        /// Characters typed.
        len: usize,
    },
    /// One character over and over, or one of the first that an attacker tries.
    #[error("This password is too easy to guess. Use a few unrelated words.")]
    Guessable,
}

/// Checks a new password; the characters count as typed, blanks included.
pub fn check_password(typed: &str) -> Result<(), PasswordError> {
    let len = typed.chars().count();
    if len < PASSWORD_MIN {
        return Err(PasswordError::TooShort { len });
    }
    if len > PASSWORD_MAX {
        return Err(PasswordError::TooLong { len });
    }
    let first = typed.chars().next();
    let all_the_same = typed.chars().all(|c| Some(c) == first);
    if all_the_same || COMMON.iter().any(|common| common.eq_ignore_ascii_case(typed.trim())) {
        return Err(PasswordError::Guessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_are_compared_lower_cased() {
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
    fn what_is_no_email_is_refused() {
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
    fn passwords_are_long_and_not_the_first_to_be_tried() {
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
    fn roles_are_read_back() {
        for role in [Role::Owner, Role::Admin, Role::Viewer] {
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
