//! Opening SQLite: its file, its pragmas, its version and its migrations.

use super::pools::ConnectionPools;
use crate::error::{Result, StoreError};
use crate::options::{StoreOptions, Synchronous};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite};
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Older versions can corrupt the database when the write-ahead log is reset.
const MINIMUM_VERSION: (u32, u32, u32) = (3, 51, 3);

/// The connection pools and the file under them.
#[derive(Clone, Debug)]
pub(crate) struct SqliteDatabase {
    pub(crate) pools: ConnectionPools<Sqlite>,
    pub(crate) path: Arc<Path>,
    identity: FileIdentity,
}

/// Device and inode.
type FileIdentity = (u64, u64);

impl SqliteDatabase {
    /// Fails if the file was moved away or replaced. The open connections could still read and write it, but what they
    /// write would be lost, and what they read would be out of date.
    pub(crate) fn check_file(&self) -> Result<()> {
        if file_identity(&self.path)? == self.identity {
            return Ok(());
        }
        Err(StoreError::unavailable(&"the database file was replaced while open; restart to use the new one"))
    }
}

fn file_identity(path: &Path) -> Result<FileIdentity> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::unavailable(&error))?;
    Ok((metadata.dev(), metadata.ino()))
}

/// The path in an address of the form `sqlite:…`; `None` for any other address.
pub(super) fn path_from_url(url: &str) -> Result<Option<PathBuf>> {
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Ok(None);
    };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() || path.contains([':', '?']) {
        return Err(StoreError::Corrupt(
            "the address of a SQLite database is sqlite:///path/to/file and nothing more".to_owned(),
        ));
    }
    Ok(Some(PathBuf::from(path)))
}

pub(super) async fn open(path: &Path, options: &StoreOptions) -> Result<SqliteDatabase> {
    create_file(path)?;
    let start = Instant::now();
    // Switching a new file to WAL does not wait for another process that does the same, so retry here.
    let pools = loop {
        match connect(path, options).await {
            Err(StoreError::Unavailable) if start.elapsed() < options.timeout => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            done => break done?,
        }
    };
    Ok(SqliteDatabase { pools, identity: file_identity(path)?, path: path.into() })
}

/// Creates the file readable only by its owner. SQLite gives its log the same mode.
fn create_file(path: &Path) -> Result<()> {
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match created {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(StoreError::unavailable(&error)),
        _ => Ok(()),
    }
}

async fn connect(path: &Path, options: &StoreOptions) -> Result<ConnectionPools<Sqlite>> {
    let file = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(options.timeout)
        .foreign_keys(true)
        .pragma("mmap_size", "0");
    let writer = writer_pool(options).connect_with(writer_options(file.clone(), options)).await?;
    check_version(&writer).await?;
    check_journal(&writer).await?;
    migrate(&writer).await?;
    let readers = pool(options.readers.max(1), options).connect_with(file.pragma("query_only", "ON")).await?;
    Ok(ConnectionPools { writer, readers })
}

fn writer_options(file: SqliteConnectOptions, options: &StoreOptions) -> SqliteConnectOptions {
    let synchronous = match options.synchronous {
        Synchronous::Full => SqliteSynchronous::Full,
        Synchronous::Off => SqliteSynchronous::Off,
    };
    file.journal_mode(SqliteJournalMode::Wal).synchronous(synchronous).pragma("journal_size_limit", "67108864")
}

fn writer_pool(options: &StoreOptions) -> SqlitePoolOptions {
    pool(1, options).after_release(|connection, _| {
        Box::pin(async move {
            // The ping lets a queued ROLLBACK run first. When SQLite has rolled a transaction back by itself, as it does
            // when the disk is full, sqlx still counts it as open; such a connection must be discarded.
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    })
}

fn pool(connections: u32, options: &StoreOptions) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        // A file cannot disconnect, and a ping to the worker thread would double the time of a short read.
        .test_before_acquire(false)
}

async fn check_version(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(writer).await?;
    if parse_version(&version).is_some_and(|version| version >= MINIMUM_VERSION) {
        return Ok(());
    }
    let (major, minor, patch) = MINIMUM_VERSION;
    Err(StoreError::Corrupt(format!("SQLite {version} can damage it; {major}.{minor}.{patch} or newer is needed")))
}

fn parse_version(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// SQLite silently keeps another mode on file systems without shared memory.
async fn check_journal(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await?;
    if mode == "wal" {
        return Ok(());
    }
    Err(StoreError::Corrupt("its file system does not allow SQLite's write-ahead log".to_owned()))
}

/// Runs all migrations in one transaction: sqlx takes no lock on SQLite, and two processes may start at once.
async fn migrate(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    // Not `run`: the compiler cannot prove that its future is Send.
    MIGRATIONS.run_direct(None, &mut *tx, false).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_numerically() {
        assert!(parse_version("3.51.3") >= Some(MINIMUM_VERSION));
        assert!(parse_version("3.100.0") >= Some(MINIMUM_VERSION));
        assert!(parse_version("3.51.2") < Some(MINIMUM_VERSION));
        assert!(parse_version("3.9.9") < Some(MINIMUM_VERSION));
        assert_eq!(parse_version("nonsense"), None);
    }

    #[test]
    fn path_is_parsed_from_url() {
        let path = |url| path_from_url(url).ok().flatten();
        assert_eq!(path("sqlite:///var/k.db"), Some(PathBuf::from("/var/k.db")));
        assert_eq!(path("sqlite:data/k.db"), Some(PathBuf::from("data/k.db")));
        assert_eq!(path("postgres://x"), None);
        assert!(path_from_url("sqlite::memory:").is_err());
        assert!(path_from_url("sqlite:///k.db?mode=ro").is_err());
    }
}
