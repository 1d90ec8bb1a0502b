//! Opening SQLite: its file, its settings, its version. What is read and written does not belong here.

use crate::pool::Pair;
use crate::{Options, Result, StoreError, Synchronous};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite};
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Older ones can corrupt the database when the write-ahead log is reset.
const OLDEST: (u32, u32, u32) = (3, 51, 3);

/// The connections and the file under them.
#[derive(Clone, Debug)]
pub(crate) struct OpenFile {
    pub(crate) pair: Pair<Sqlite>,
    pub(crate) path: Arc<Path>,
    /// Device and inode.
    identity: (u64, u64),
}

impl OpenFile {
    /// A file that was moved away or replaced can still be read and written through the open connections. What is
    /// written then is lost, and what is read is no longer true.
    pub(crate) fn confirm(&self) -> Result<()> {
        if identify(&self.path)? == self.identity {
            return Ok(());
        }
        Err(StoreError::unavailable(&"the database file was replaced while open; restart to use the new one"))
    }
}

fn identify(path: &Path) -> Result<(u64, u64)> {
    let about = fs::metadata(path).map_err(|error| StoreError::unavailable(&error))?;
    Ok((about.dev(), about.ino()))
}

/// The file that an address means; `None` if it is not one of SQLite.
pub(crate) fn path_in(url: &str) -> Result<Option<PathBuf>> {
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

pub(crate) async fn open(path: &Path, options: &Options) -> Result<OpenFile> {
    create(path)?;
    let start = Instant::now();
    // Switching a new file to WAL does not wait for another process that does the same, so this waits.
    let pair = loop {
        match connect(path, options).await {
            Err(StoreError::Unavailable) if start.elapsed() < options.patience => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            done => break done?,
        }
    };
    Ok(OpenFile { pair, identity: identify(path)?, path: path.into() })
}

/// Only its owner may read the file. SQLite gives its log the same mode.
fn create(path: &Path) -> Result<()> {
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match created {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(StoreError::unavailable(&error)),
        _ => Ok(()),
    }
}

async fn connect(path: &Path, options: &Options) -> Result<Pair<Sqlite>> {
    let file = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(options.patience)
        .foreign_keys(true)
        .pragma("mmap_size", "0");
    let synchronous = match options.synchronous {
        Synchronous::Full => SqliteSynchronous::Full,
        Synchronous::Off => SqliteSynchronous::Off,
    };
    let writing = file
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .pragma("journal_size_limit", "67108864");
    let writer = pool(1, options)
        .after_release(|connection, _| {
            Box::pin(async move {
                // Lets a queued ROLLBACK run first. When SQLite has already undone a transaction by itself, as it does
                // when the disk is full, sqlx goes on to believe in it; such a connection is of no more use.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(writing)
        .await?;
    check_version(&writer).await?;
    check_journal(&writer).await?;
    migrate(&writer).await?;
    let readers = pool(options.readers.max(1), options).connect_with(file.pragma("query_only", "ON")).await?;
    Ok(Pair { writer, readers })
}

fn pool(connections: u32, options: &Options) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.patience)
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not hang up; a question to the worker thread would double the time of a short read.
        .test_before_acquire(false)
}

async fn check_version(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(writer).await?;
    if parse_version(&version).is_some_and(|version| version >= OLDEST) {
        return Ok(());
    }
    let (major, minor, patch) = OLDEST;
    Err(StoreError::Corrupt(format!("SQLite {version} can damage it; {major}.{minor}.{patch} or newer is needed")))
}

fn parse_version(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// SQLite answers with the mode that it took, and takes another one on file systems without shared memory.
async fn check_journal(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await?;
    if mode == "wal" {
        return Ok(());
    }
    Err(StoreError::Corrupt("its file system does not allow SQLite's write-ahead log".to_owned()))
}

/// All in one transaction: sqlx takes no lock of its own here, and two processes may start at once.
async fn migrate(writer: &sqlx::Pool<Sqlite>) -> Result<()> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    // Not `run`, whose future the compiler cannot prove to be Send.
    MIGRATIONS.run_direct(None, &mut *tx, false).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(parse_version("3.51.3") >= Some(OLDEST));
        assert!(parse_version("3.100.0") >= Some(OLDEST));
        assert!(parse_version("3.51.2") < Some(OLDEST));
        assert!(parse_version("3.9.9") < Some(OLDEST));
        assert_eq!(parse_version("nonsense"), None);
    }

    #[test]
    fn addresses() {
        let path = |url| path_in(url).ok().flatten();
        assert_eq!(path("sqlite:///var/k.db"), Some(PathBuf::from("/var/k.db")));
        assert_eq!(path("sqlite:data/k.db"), Some(PathBuf::from("data/k.db")));
        assert_eq!(path("postgres://x"), None);
        assert!(path_in("sqlite::memory:").is_err());
        assert!(path_in("sqlite:///k.db?mode=ro").is_err());
    }
}
