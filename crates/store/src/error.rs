//! Errors of the store, and how errors of the two drivers map to them. Messages for users do not belong here.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// The result of every function of this crate.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why a read or a write failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A uniqueness constraint is violated, or a referenced row is missing. Names which.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Busy, locked, full, read-only, moved away or unreachable: the same call may succeed later. The cause was logged.
    #[error("the database is unavailable")]
    Unavailable,
    /// The database cannot be used as it is; retrying does not help.
    #[error("the database cannot be used: {0}")]
    Corrupt(String),
    /// A text that no row can contain, so that none matches it either: PostgreSQL rejects NUL.
    #[error("no row can hold this text")]
    InvalidText,
    /// Anything else: a bug in this program.
    #[error("the database refused a statement: {0}")]
    Db(#[source] sqlx::Error),
}

impl StoreError {
    /// Names the violated uniqueness constraint; SQLite and PostgreSQL name constraints differently.
    #[must_use]
    pub(crate) fn naming(self, what: &'static str) -> Self {
        match self {
            Self::Conflict(UNIQUE) => Self::Conflict(what),
            other => other,
        }
    }

    pub(crate) fn unavailable(cause: &dyn std::fmt::Display) -> Self {
        tracing::warn!(%cause, "the database is unavailable");
        Self::Unavailable
    }
}

/// Until [`StoreError::naming`] replaces it.
const UNIQUE: &str = "row exists";
const REFERENCE: &str = "referenced row is missing";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(cause) => match classify(cause.as_ref()) {
                ErrorClass::Conflict(what) => Self::Conflict(what),
                ErrorClass::Unavailable => Self::unavailable(&error),
                ErrorClass::Corrupt => Self::Corrupt(cause.to_string()),
                ErrorClass::InvalidText => Self::InvalidText,
                ErrorClass::Unknown => Self::Db(error),
            },
            E::Io(_)
            | E::Tls(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed
            | E::BeginFailed
            | E::InvalidSavePointStatement => Self::unavailable(&error),
            E::ColumnDecode { .. } | E::Decode(_) | E::Configuration(_) => Self::Corrupt(error.to_string()),
            _ => Self::Db(error),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => cause.into(),
            MigrateError::VersionMissing(_) => Self::Corrupt("it was made by a newer version of Keyhatch".to_owned()),
            other => Self::Corrupt(other.to_string()),
        }
    }
}

enum ErrorClass {
    Conflict(&'static str),
    Unavailable,
    Corrupt,
    InvalidText,
    Unknown,
}

fn classify(error: &dyn DatabaseError) -> ErrorClass {
    match error.kind() {
        ErrorKind::UniqueViolation => return ErrorClass::Conflict(UNIQUE),
        ErrorKind::ForeignKeyViolation => return ErrorClass::Conflict(REFERENCE),
        _ => {}
    }
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        classify_sqlite(code.parse().unwrap_or_default())
    } else if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        classify_postgres(&code)
    } else {
        ErrorClass::Unknown
    }
}

/// <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn classify_sqlite(code: u32) -> ErrorClass {
    const PERM: u32 = 3;
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    const NOMEM: u32 = 7;
    const READONLY: u32 = 8;
    const INTERRUPT: u32 = 9;
    const IOERR: u32 = 10;
    const CORRUPT: u32 = 11;
    const FULL: u32 = 13;
    const CANTOPEN: u32 = 14;
    const PROTOCOL: u32 = 15;
    const NOTADB: u32 = 26;
    match code & 0xff {
        PERM | BUSY | LOCKED | NOMEM | READONLY | INTERRUPT | IOERR | FULL | CANTOPEN | PROTOCOL => {
            ErrorClass::Unavailable
        }
        CORRUPT | NOTADB => ErrorClass::Corrupt,
        _ => ErrorClass::Unknown,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn classify_postgres(code: &str) -> ErrorClass {
    match code {
        "XX001" | "XX002" => ErrorClass::Corrupt,
        "22021" => ErrorClass::InvalidText,
        // No such database or one that accepts no connections, lock not available, read-only (a standby or configured).
        "3D000" | "55000" | "55P03" | "25006" => ErrorClass::Unavailable,
        // Connection, authentication, rollback for deadlock, resources, operator, system.
        _ if ["08", "28", "40", "53", "57", "58"].contains(&code.get(..2).unwrap_or_default()) => {
            ErrorClass::Unavailable
        }
        _ => ErrorClass::Unknown,
    }
}
