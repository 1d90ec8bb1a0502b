//! The failure of a command: the one mapping of errors to messages on standard error and an exit code, 2 for invalid input
//! and 1 for everything else.

use std::process::ExitCode;

use service::{Error, OpenError};

use crate::config::ConfigError;

/// The messages and the exit code.
#[derive(Debug)]
pub(super) struct Failure {
    lines: Vec<String>,
    code: u8,
}

impl Failure {
    /// Invalid input: exit code 2.
    pub fn input(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 2 }
    }

    /// Any other failure: exit code 1.
    pub fn other(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 1 }
    }

    /// Maps a service error. `flag` maps each invalid field to its flag.
    pub fn from_service(error: Error, flag: impl Fn(&str) -> &'static str) -> Self {
        match error {
            Error::Invalid(fields) => {
                let line = |field: &domain::FieldError| match flag(&field.field) {
                    "" => field.message.clone(),
                    flag => format!("{flag}: {}", field.message),
                };
                Self { lines: fields.0.iter().map(line).collect(), code: 2 }
            }
            Error::NotFound => Self::input("--account: There is no such account."),
            Error::LastOwner => Self::input("--email: This is the account's last owner; make another owner first."),
            other => Self::other(other.to_string()),
        }
    }

    /// Prints the messages and returns the exit code.
    pub fn report(&self) -> ExitCode {
        for line in &self.lines {
            eprintln!("keyhatch: {line}");
        }
        ExitCode::from(self.code)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::input(error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::other(error.to_string())
    }
}
