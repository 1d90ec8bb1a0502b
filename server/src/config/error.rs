//! Configuration errors: always the key and its origin. Values are not repeated, because some are secrets.

use figment::error::{Kind, OneOf};
use figment::{Error, Metadata};

use super::line_number;

/// An invalid setting.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{origin}{}: {key}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct ConfigError {
    /// The key as in `keyhatch.toml`, such as `limits.name_length`.
    pub key: String,
    /// The file, the variable or the flag that set it, or `default`.
    pub origin: String,
    /// The line of the file, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and what is expected.
    pub message: String,
}

impl ConfigError {
    pub(super) fn new(origin: String, key: &str, message: impl Into<String>) -> Self {
        Self { key: key.to_owned(), origin, line: None, message: message.into() }
    }

    /// Converts figment's error, without the value.
    pub(super) fn from_figment(origin: Option<&str>, error: &Error) -> Self {
        let origin = origin
            .map(str::to_owned)
            .or_else(|| error.metadata.as_ref().map(origin_of))
            .unwrap_or_else(|| "configuration".to_owned());
        let mut path = error.path.clone();
        let message = match &error.kind {
            Kind::UnknownField(name, known) => {
                if path.last() != Some(name) {
                    path.push(name.clone());
                }
                format!("unknown key; known here: {}", OneOf(known).to_string().trim_start_matches("one of "))
            }
            Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => format!("expected {expected}"),
            Kind::InvalidLength(_, expected) => format!("wrong length, expected {expected}"),
            Kind::MissingField(name) => format!("`{name}` is missing"),
            other => other.to_string(),
        };
        let key = if path.is_empty() { "syntax".to_owned() } else { path.join(".") };
        Self { key, origin, line: None, message }
    }

    /// Adds the line number if the setting is in a file.
    pub(super) fn with_line(self) -> Self {
        let text = std::fs::read_to_string(&self.origin).unwrap_or_default();
        Self { line: line_number::find_line(&text, &self.key), ..self }
    }
}

/// The file, variable or flag of a value.
pub(super) fn origin_of(metadata: &Metadata) -> String {
    metadata
        .source
        .as_ref()
        .and_then(|source| source.file_path())
        .map_or_else(|| metadata.name.to_string(), |path| path.display().to_string())
}
