//! What happens beside requests: the time mark, watching for changes, cleaning up, backups.

use crate::access::SESSION_IDLE;
use crate::error::Error;
use crate::gate::freshness::INTERVAL;
use crate::gate::uses;
use crate::keyhatch::Keyhatch;
use crate::keys::repeat;
use domain::time::Millis;
use std::path::Path;
use std::time::Duration;
use store::{BackupError, Store, StoreError};

const MARK: &str = "time_mark";
/// How long a link that is over can still say so, milliseconds: 30 days.
const INVITATIONS_KEPT: Millis = 30 * 24 * 60 * 60 * 1_000;
const HOUSEKEEPING: Duration = Duration::from_mins(1);

/// The latest time that was ever written, or 0.
pub(crate) async fn read_mark(store: &Store) -> Result<Millis, StoreError> {
    Ok(store.settings().find(MARK).await?.and_then(|mark| mark.parse().ok()).unwrap_or(0))
}

impl Keyhatch {
    /// Watches for changes by other processes and cleans up, until the process ends.
    pub fn start_background(&self) {
        let watcher = self.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(INTERVAL);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                if let Err(error) = watcher.catch_up().await {
                    tracing::warn!(%error, "could not look for changes");
                }
            }
        });
        let writer = self.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(uses::INTERVAL);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                if let Err(error) = writer.write_uses(true).await {
                    tracing::warn!(%error, "could not write when keys were used; it is tried again");
                }
            }
        });
        let knower = self.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                if let Err(error) = knower.known().fill(knower.store()).await {
                    tracing::warn!(%error, "could not read which keys there are; unknown ones are looked up");
                }
            }
        });
        let keeper = self.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(HOUSEKEEPING);
            loop {
                ticks.tick().await;
                keeper.counters().close_unused().into_iter().for_each(|closed| keeper.takings().give_back(closed));
                if let Err(error) = keeper.keep_house().await {
                    tracing::warn!(%error, "could not clean up");
                }
            }
        });
    }

    /// Notes the time and removes what has ended: sessions, sign-ins, invitations, creations that nobody repeats any more.
    async fn keep_house(&self) -> Result<(), StoreError> {
        let now = self.now();
        let mut tx = self.store().begin().await?;
        // Another machine's clock may be ahead of this one's.
        let noted = tx.settings().find(MARK).await?.and_then(|mark| mark.parse().ok()).unwrap_or(0);
        tx.settings().upsert(MARK, &now.max(noted).to_string()).await?;
        tx.sessions().delete_expired(now - SESSION_IDLE, now).await?;
        tx.idempotency_keys().delete_created_before(now - repeat::KEPT_FOR).await?;
        tx.pending_sign_ins().delete_expired(now).await?;
        tx.invitations().delete_expired(now - INVITATIONS_KEPT).await?;
        tx.commit().await
    }

    /// Whether the gate can decide: the database answers, and its changes are known.
    pub async fn is_ready(&self) -> bool {
        tokio::time::timeout(Duration::from_secs(1), self.catch_up()).await.is_ok_and(|caught_up| caught_up.is_ok())
    }

    /// Writes a consistent copy of the database while it is used.
    ///
    /// # Errors
    /// What the store says: the file exists, the copy is damaged, the database is not SQLite.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        self.store().backup(to).await
    }

    /// Gives back what keys did not use of their limits, writes when they were used, notes the time and closes the
    /// database.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn close(&self) -> Result<(), Error> {
        self.counters().close_all().into_iter().for_each(|closed| self.takings().give_back(closed));
        self.takings().flush().await;
        let written = self.write_uses(false).await;
        let noted = self.keep_house().await.and(written);
        self.store().close().await;
        Ok(noted?)
    }
}
