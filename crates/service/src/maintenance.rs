//! What happens beside requests: recording the time, deleting what has expired, readiness, backups, closing.

use crate::context::Context;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::keys::IDEMPOTENCY_LIFETIME;
use crate::session::SESSION_IDLE;
use domain::time::Millis;
use std::path::Path;
use std::time::Duration;
use store::{BackupError, Store, StoreError};

/// The setting that records the latest time this database has seen.
const TIME_MARK: &str = "time_mark";
/// How long the link of an expired invitation still says that it has expired, in milliseconds: 30 days.
const INVITATION_RETENTION: Millis = 30 * 24 * 60 * 60 * 1_000;
/// How long a session that timed out still tells whose it was, in milliseconds: 7 days.
const TIMED_OUT_RETENTION: Millis = 7 * 24 * 60 * 60 * 1_000;
const CLEANUP_INTERVAL: Duration = Duration::from_mins(1);
const READY_TIMEOUT: Duration = Duration::from_secs(1);

/// The latest time that was ever recorded, or 0.
pub(crate) async fn read_time_mark(store: &Store) -> Result<Millis, StoreError> {
    Ok(parse_time_mark(store.settings().find(TIME_MARK).await?))
}

fn parse_time_mark(stored: Option<String>) -> Millis {
    stored.and_then(|mark| mark.parse().ok()).unwrap_or(0)
}

impl Keyhatch {
    /// Starts the periodic work of the gate and the clean-up, which run until the process ends.
    pub fn start_background(&self) {
        self.0.gate.start_background();
        let this = self.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(CLEANUP_INTERVAL);
            loop {
                ticks.tick().await;
                if let Err(error) = clean_up(&this.0.context).await {
                    tracing::warn!(%error, "could not clean up");
                }
            }
        });
    }

    /// Whether the gate can decide: the database answers within a second, and its changes are known.
    pub async fn is_ready(&self) -> bool {
        let caught_up = tokio::time::timeout(READY_TIMEOUT, self.gate().catch_up()).await;
        caught_up.is_ok_and(|result| result.is_ok())
    }

    /// Writes a consistent copy of the database while it is in use.
    ///
    /// # Errors
    /// The file exists, the copy is damaged, or the database is not SQLite.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        self.0.context.store.backup(to).await
    }

    /// Returns unused quota leases, writes last uses, records the time and closes the database.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn close(&self) -> Result<(), Error> {
        let written = self.gate().close().await;
        let cleaned_up = clean_up(&self.0.context).await;
        self.0.context.store.close().await;
        Ok(cleaned_up.and(written)?)
    }
}

/// Records the time and deletes what has expired long enough ago: sessions, pending sign-ins, links for a new password,
/// invitations, idempotency keys.
async fn clean_up(context: &Context) -> Result<(), StoreError> {
    let now = context.now();
    let mut tx = context.store.begin().await?;
    // Another machine's clock may be ahead of this one's.
    let recorded = parse_time_mark(tx.settings().find(TIME_MARK).await?);
    tx.settings().upsert(TIME_MARK, &now.max(recorded).to_string()).await?;
    let timed_out_before = now - TIMED_OUT_RETENTION;
    tx.sessions().delete_expired(timed_out_before - SESSION_IDLE, timed_out_before).await?;
    tx.idempotency_keys().delete_created_before(now - IDEMPOTENCY_LIFETIME).await?;
    tx.pending_sign_ins().delete_expired(now).await?;
    tx.password_resets().delete_expired(now).await?;
    tx.invitations().delete_expired(now - INVITATION_RETENTION).await?;
    tx.commit().await
}
