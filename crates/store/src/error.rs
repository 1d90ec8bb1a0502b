//! What can go wrong with a row, and which driver error means what. The words a person reads do not belong here.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another row stands in the way, or a row that this one refers to is missing. Names which.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Busy, locked, full, read-only, moved away or out of reach: the same call may succeed later. The cause was logged.
    #[error("the database is unavailable")]
    Unavailable,
    /// The database cannot be used as it is, however often one tries.
    #[error("the database cannot be used: {0}")]
    Corrupt(String),
    /// A text that no row can hold, so none is found by it: PostgreSQL takes no NUL.
    #[error("no row can hold this text")]
    Unstorable,
    /// Anything else: a mistake in this program.
    #[error("the database refused a statement: {0}")]
    Db(#[source] sqlx::Error),
}

impl StoreError {
    /// Names what a violated uniqueness was about; SQLite and PostgreSQL name constraints differently.
    #[must_use]
    pub(crate) fn about(self, what: &'static str) -> Self {
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

/// Until [`StoreError::about`] names it.
const UNIQUE: &str = "row exists";
const REFERENCE: &str = "referenced row is missing";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(cause) => match judge(cause.as_ref()) {
                Judgement::Conflict(what) => Self::Conflict(what),
                Judgement::Unavailable => Self::unavailable(&error),
                Judgement::Corrupt => Self::Corrupt(cause.to_string()),
                Judgement::Unstorable => Self::Unstorable,
                Judgement::Unknown => Self::Db(error),
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

enum Judgement {
    Conflict(&'static str),
    Unavailable,
    Corrupt,
    Unstorable,
    Unknown,
}

fn judge(error: &dyn DatabaseError) -> Judgement {
    match error.kind() {
        ErrorKind::UniqueViolation => return Judgement::Conflict(UNIQUE),
        ErrorKind::ForeignKeyViolation => return Judgement::Conflict(REFERENCE),
        _ => {}
    }
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        judge_sqlite(code.parse().unwrap_or_default())
    } else if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        judge_postgres(&code)
    } else {
        Judgement::Unknown
    }
}

/// <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn judge_sqlite(code: u32) -> Judgement {
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
            Judgement::Unavailable
        }
        CORRUPT | NOTADB => Judgement::Corrupt,
        _ => Judgement::Unknown,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn judge_postgres(code: &str) -> Judgement {
    match code {
        "XX001" | "XX002" => Judgement::Corrupt,
        "22021" => Judgement::Unstorable,
        // No such database or one that takes nobody in, lock not available, read-only (a standby, or an operator's choice).
        "3D000" | "55000" | "55P03" | "25006" => Judgement::Unavailable,
        // Connection, authentication, rollback for deadlock, resources, operator, system.
        _ if ["08", "28", "40", "53", "57", "58"].contains(&code.get(..2).unwrap_or_default()) => {
            Judgement::Unavailable
        }
        _ => Judgement::Unknown,
    }
}
