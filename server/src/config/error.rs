//! Why the program does not start: always the key, and where it was set. Values are not repeated, because some are
//! secrets.

use figment::error::{Kind, OneOf};
use figment::{Error, Metadata};

use super::line;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{origin}{}: {key}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct ConfigError {
    /// The setting as it is written in `keyhatch.toml`, such as `limits.name_length`.
    pub key: String,
    /// The file, the variable or the flag that set it, or `default`.
    pub origin: String,
    /// The line of the file, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl ConfigError {
    pub(super) fn new(origin: String, key: &str, message: impl Into<String>) -> Self {
        Self { key: key.to_owned(), origin, line: None, message: message.into() }
    }

    /// Turns the merge library's error into ours, without the value it met.
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

    /// Adds the line if the setting stands in a file.
    pub(super) fn with_line(self) -> Self {
        let text = std::fs::read_to_string(&self.origin).unwrap_or_default();
        Self { line: line::of(&text, &self.key), ..self }
    }
}

/// The file, variable or flag a value came from.
pub(super) fn origin_of(metadata: &Metadata) -> String {
    metadata
        .source
        .as_ref()
        .and_then(|source| source.file_path())
        .map_or_else(|| metadata.name.to_string(), |path| path.display().to_string())
}
