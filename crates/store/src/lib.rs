//! Rows: what Keyhatch keeps, in SQLite (default) or PostgreSQL, with one SQL text for both.
//!
//! Reads are methods on [`Store`], writes are methods on [`Tx`], one file per resource. What a row means, which change
//! is allowed and what is cached does not belong here: rows are plain, and whoever calls decides.

mod accounts;
mod activity;
mod audit;
mod backup;
mod changes;
mod error;
#[cfg(test)]
mod faults;
mod invitations;
mod keys;
mod last_uses;
mod members;
mod meters;
mod options;
mod pending;
mod pool;
mod postgres;
mod repeats;
mod search;
mod sessions;
mod settings;
mod sqlite;
mod statements;
mod tokens;
mod two_factor;
mod tx;

pub use accounts::{AccountRow, AccountSummary};
pub use activity::{ActivityFilter, ActivityRow};
pub use audit::AuditRow;
pub use backup::BackupError;
pub use error::StoreError;
pub use invitations::InvitationRow;
pub use keys::{CallRow, KeyChange, KeyFilter, KeyRow, KeySecretRow, KeyTouch, NewKey, SecretUseRow, StateFilter};
pub use members::{MemberListRow, MemberRow};
pub use meters::{MeterGrant, MeterRow, MeterWish};
pub use options::{Options, Synchronous};
pub use pending::PendingRow;
pub use repeats::RepeatRow;
pub use sessions::{SessionRow, SessionView};
pub use tokens::TokenRow;
pub use two_factor::TwoFactorRow;
pub use tx::Tx;

use pool::Pool;
use std::time::Duration;

/// What every function of this crate answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The open database. Cheap to clone; all clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
    patience: Duration,
}

impl Store {
    /// Opens `sqlite:///absolute/path.db` (created with mode 0600 if missing) or `postgres://…`, and brings its tables
    /// up to date.
    ///
    /// # Errors
    /// `Corrupt` if the address, the database or the SQLite library cannot be used as it is; `Unavailable` if the
    /// database cannot be reached, written or locked in time.
    pub async fn open(url: &str, options: Options) -> Result<Self> {
        let pool = if let Some(path) = sqlite::path_in(url)? {
            Pool::Sqlite(sqlite::open(&path, &options).await?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Pool::Postgres(postgres::open(url, &options).await?)
        } else {
            // The address may hold a password, so it is not repeated.
            return Err(StoreError::Corrupt("its address must start with sqlite: or postgres:".to_owned()));
        };
        Ok(Self { pool, patience: options.patience })
    }

    /// Whether the database can be read now. Cheap enough for each readiness question.
    pub async fn check(&self) -> Result<()> {
        self.generation().await.map(drop)
    }

    /// Waits for running statements, then closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Every SQL text with its name, so that a test can prepare all of them on both databases.
    #[doc(hidden)]
    pub fn statements() -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            accounts::STATEMENTS,
            activity::STATEMENTS,
            audit::STATEMENTS,
            changes::STATEMENTS,
            invitations::STATEMENTS,
            last_uses::STATEMENTS,
            members::STATEMENTS,
            meters::STATEMENTS,
            pending::STATEMENTS,
            repeats::STATEMENTS,
            sessions::STATEMENTS,
            settings::STATEMENTS,
            tokens::STATEMENTS,
            two_factor::STATEMENTS,
        ]
        .into_iter()
        .flatten()
        .chain(keys::statements())
        .copied()
    }
}
