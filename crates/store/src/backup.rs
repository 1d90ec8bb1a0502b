//! A consistent copy of a SQLite database while it is in use.

use crate::database::Database;
use crate::error::StoreError;
use crate::store::Store;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Why a backup failed. The message is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("this database is PostgreSQL: back it up with pg_dump")]
    Postgres,
    #[error("{} exists already and is not overwritten", .0.display())]
    Exists(PathBuf),
    #[error("the copy is damaged and was thrown away: {0}")]
    Damaged(String),
    #[error("the copy could not be written: {0}")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Copies the database to `path`, readable only by its owner. The file appears there complete, checked and synced to
    /// the disk, or not at all.
    pub async fn backup(&self, path: &Path) -> Result<(), BackupError> {
        let Database::Sqlite(sqlite) = &self.database else {
            return Err(BackupError::Postgres);
        };
        sqlite.check_file()?;
        if path.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(path.to_owned()));
        }
        let partial = PartialFile::create(path)?;
        copy_database(&sqlite.path, &partial.0).await?;
        File::open(&partial.0)?.sync_all()?;
        check_integrity(&partial.0).await?;
        partial.publish(path)
    }
}

/// The unfinished copy beside its destination; deleted on drop.
struct PartialFile(PathBuf);

impl PartialFile {
    fn create(path: &Path) -> Result<Self, BackupError> {
        let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it needs a file name"))?;
        let mut partial = name.to_owned();
        partial.push(format!(".{}.part", std::process::id()));
        let partial = path.with_file_name(partial);
        // VACUUM INTO accepts an empty file and keeps its mode.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
        Ok(Self(partial))
    }

    /// Links instead of renaming, because a rename would overwrite an existing file.
    fn publish(self, path: &Path) -> Result<(), BackupError> {
        match fs::hard_link(&self.0, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(path.to_owned()));
            }
            done => done?,
        }
        drop(self);
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        Ok(File::open(folder)?.sync_all()?)
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, file = %self.0.display(), "an unfinished backup is left over");
        }
    }
}

/// Uses its own connection: the copy may take long, and must block neither readers nor the writer.
async fn copy_database(from: &Path, to: &Path) -> Result<(), BackupError> {
    let to = to.to_str().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "its name must be UTF-8"))?;
    let mut source = SqliteConnectOptions::new().filename(from).connect().await?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut source).await?;
    Ok(source.close().await?)
}

async fn check_integrity(copy: &Path) -> Result<(), BackupError> {
    // Immutable, so that SQLite creates no lock and log files beside it.
    let mut connection = SqliteConnectOptions::new().filename(copy).read_only(true).immutable(true).connect().await?;
    let found = find_problems(&mut connection).await;
    connection.close().await?;
    match found?.first() {
        None => Ok(()),
        Some(problem) => Err(BackupError::Damaged(problem.clone())),
    }
}

async fn find_problems(connection: &mut SqliteConnection) -> sqlx::Result<Vec<String>> {
    let mut found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    found.retain(|line| line != "ok");
    let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
    if !dangling.is_empty() {
        found.push(format!("{} rows refer to missing ones", dangling.len()));
    }
    Ok(found)
}
