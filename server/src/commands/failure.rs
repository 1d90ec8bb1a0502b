//! How a command fails: clear lines on standard error and an exit code, 2 when something given is wrong and 1 for
//! anything else.

use std::process::ExitCode;

use service::{Error, OpenError};

use crate::config::ConfigError;

/// What is told and how the process ends.
#[derive(Debug)]
pub(super) struct Failure {
    lines: Vec<String>,
    code: u8,
}

impl Failure {
    /// Something given is wrong.
    pub fn input(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 2 }
    }

    /// Anything else.
    pub fn other(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 1 }
    }

    /// A use case's error. `flag` gives the flag of each field that the use case may find wrong.
    pub fn of(error: Error, flag: impl Fn(&str) -> &'static str) -> Self {
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

    /// Says it and gives the exit code.
    pub fn tell(&self) -> ExitCode {
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
