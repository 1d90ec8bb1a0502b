//! The sources of settings in order of precedence, and the refusal of unknown keys. Each source is checked on its own, so
//! the message can name it. Values are validated in `validate`.

use std::ffi::OsString;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::error::ConfigError;
use super::flags::{ListenFlags, StoreFlags};
use super::raw::{Raw, VARIABLES};

const PREFIX: &str = "KEYHATCH_";
const DEFAULT_FILE: &str = "keyhatch.toml";

/// The sources of the configuration.
#[derive(Debug, Default)]
pub struct Sources<'a> {
    /// `--config`; `None` looks for `keyhatch.toml` in the working directory, where it may be missing.
    pub file: Option<&'a Path>,
    /// Environment variables; those without the prefix are ignored.
    pub variables: Vec<(OsString, OsString)>,
    /// Flags of every command.
    pub store: Option<&'a StoreFlags>,
    /// Flags of `serve`.
    pub listen: Option<&'a ListenFlags>,
}

impl Sources<'_> {
    /// All sources merged, each without unknown keys and wrong types.
    pub(super) fn figment(&self) -> Result<Figment, ConfigError> {
        let mut merged = Figment::new();
        if let Some(path) = self.file()? {
            let file = Toml::file_exact(&path);
            let origin = path.display().to_string();
            let raw: Raw = Figment::from(Toml::file_exact(&path))
                .extract()
                .map_err(|error| ConfigError::from_figment(Some(&origin), &error))?;
            if raw.pepper.is_some() {
                // Configuration files are copied and committed.
                return Err(ConfigError::new(origin, "pepper", "must not be in this file; set KEYHATCH_PEPPER"));
            }
            if raw.mail_password.is_some() {
                let message = "must not be in this file; set KEYHATCH_MAIL_PASSWORD";
                return Err(ConfigError::new(origin, "mail_password", message));
            }
            merged = merged.merge(file);
        }
        for (name, value) in &self.variables {
            if let Some(single) = variable(name, value)? {
                merged = merged.merge(single);
            }
        }
        let flags = self.store.map(StoreFlags::given).unwrap_or_default();
        for (flag, key, value) in flags.into_iter().chain(self.listen.map(ListenFlags::given).unwrap_or_default()) {
            merged = merged.merge(Single { origin: flag.to_owned(), key: key.to_owned(), value });
        }
        Ok(merged)
    }

    /// The file to read, if it exists. It is opened once, so that an unreadable file does not count as missing.
    fn file(&self) -> Result<Option<PathBuf>, ConfigError> {
        let path = self.file.unwrap_or(Path::new(DEFAULT_FILE));
        let wanted = self.file.is_some();
        match File::open(path).and_then(|file| file.metadata()) {
            Ok(metadata) if metadata.is_file() => Ok(Some(path.to_owned())),
            Ok(_) => Err(unreadable(path, "is not a file")),
            Err(error) if error.kind() == ErrorKind::NotFound && !wanted => Ok(None),
            Err(error) => Err(unreadable(path, &format!("cannot be read ({error})"))),
        }
    }
}

fn unreadable(path: &Path, message: &str) -> ConfigError {
    ConfigError::new(path.display().to_string(), "file", message)
}

fn variable(name: &OsString, value: &OsString) -> Result<Option<Single>, ConfigError> {
    let name = name.to_string_lossy();
    let Some(rest) = name.strip_prefix(PREFIX) else { return Ok(None) };
    let key = rest.to_ascii_lowercase();
    if rest != rest.to_ascii_uppercase() || !VARIABLES.contains(&key.as_str()) {
        let known = VARIABLES.map(|known| format!("{PREFIX}{}", known.to_ascii_uppercase())).join(", ");
        let message = format!("unknown variable; known: {known}");
        return Err(ConfigError::new("environment".to_owned(), &name, message));
    }
    let value = value.to_str().ok_or_else(|| ConfigError::new(name.to_string(), &key, "is not UTF-8"))?.to_owned();
    Ok(Some(Single { origin: name.into_owned(), key, value }))
}

/// One value of a variable or flag, as text: figment's own provider would parse `0123…` as a number.
struct Single {
    origin: String,
    key: String,
    value: String,
}

impl Provider for Single {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let values = Dict::from([(self.key.clone(), Value::from(self.value.clone()))]);
        Ok(Map::from([(Profile::default(), values)]))
    }
}
