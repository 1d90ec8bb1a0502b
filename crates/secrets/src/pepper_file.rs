//! The file that holds the pepper: 64 hexadecimal digits, readable by its owner only. Whether it
//! belongs to a database is checked when the database is opened.

use crate::hex;
use crate::pepper::Pepper;
use crate::random::{Random, random_bytes};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const FILE: &str = "pepper";

/// The pepper's file in a data directory; it need not exist.
pub struct PepperFile(PathBuf);

/// Why the pepper's file cannot be used. The messages are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum PepperFileError {
    /// The file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or its directory.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// Other users may read the file.
    #[error("Others may read the pepper {0}. Run: chmod 600 {0}", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// The file does not hold 64 hexadecimal digits.
    #[error("The pepper {} is damaged: it must be 64 hexadecimal digits.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

impl PepperFile {
    /// The file in this data directory.
    #[must_use]
    pub fn in_dir(data_dir: &Path) -> Self {
        Self(data_dir.join(FILE))
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The pepper, or `None` if there is no file.
    ///
    /// # Errors
    /// The file is unreadable, readable by others, or damaged.
    pub fn read(&self) -> Result<Option<Pepper>, PepperFileError> {
        let path = &self.0;
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(path)(error)),
        };
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(PepperFileError::Exposed { path: path.clone() });
        }
        let text = fs::read_to_string(path).map_err(failed(path))?;
        match Pepper::parse(text.trim_end()) {
            Some(pepper) => Ok(Some(pepper)),
            None => Err(PepperFileError::Damaged { path: path.clone() }),
        }
    }

    /// Creates the file with a new pepper, unless another process was faster; returns the pepper that the file holds.
    ///
    /// The file is written under a temporary name and linked into place, so that two first starts agree on one pepper.
    ///
    /// # Errors
    /// The file cannot be written; also everything that [`Self::read`] reports.
    pub fn create(&self, random: &dyn Random) -> Result<Pepper, PepperFileError> {
        let path = &self.0;
        // Random, because the process id is 1 in every container that shares the directory.
        let temporary = path.with_extension(format!("new-{}", hex(&random_bytes::<8>(random))));
        let at_temporary = failed(&temporary);
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary).map_err(&at_temporary)?;
        writeln!(file, "{}", hex(&random_bytes::<32>(random))).map_err(&at_temporary)?;
        file.sync_all().map_err(&at_temporary)?;
        let linked = fs::hard_link(&temporary, path);
        fs::remove_file(&temporary).map_err(&at_temporary)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(path)(error)),
            _ => {}
        }
        if let Some(dir) = path.parent() {
            fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed(dir))?;
        }
        self.read()?.ok_or_else(|| failed(path)(io::ErrorKind::NotFound.into()))
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> PepperFileError + '_ {
    |source| PepperFileError::Io { path: path.to_owned(), source }
}
