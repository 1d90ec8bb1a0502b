//! Messages for the fields of a form. Every form of this crate reports its invalid fields with these.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One message for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in its form: `name`, `whitelist`, `expires`, `second`, `email` …
    pub field: String,
    /// The message that the page shows beside it.
    pub message: String,
}

/// The invalid fields of a form, at most one message each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// A single error, for a field that only the server can check.
    pub fn one(field: &str, message: impl fmt::Display) -> Self {
        Self(vec![FieldError { field: field.to_owned(), message: message.to_string() }])
    }

    /// The message for a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// Whether every field is valid.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of a valid field; collects the message of an invalid one.
    pub(crate) fn collect<T, E: fmt::Display>(&mut self, field: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|error| self.0.extend(Self::one(field, error).0)).ok()
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", error.field, error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}
