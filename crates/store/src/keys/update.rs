//! Editing, disabling and enabling a key. Every change carries the generation of its transaction.

use super::rows::{KeyStamp, KeyUpdate};
use crate::error::Result;
use crate::repository::KeyRepository;
use crate::search::fold;
use crate::statements::{query_in, statements};
use crate::transaction::Tx;

statements! {
    UPDATE = "UPDATE keys SET name = $3, name_folded = $4, whitelist = $5, privileges = $6, updated_at = $7, \
              generation = $8, limits = $9, expires_at = $10, updated_by = $11 \
              WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
    UPDATE_ENABLED = "UPDATE keys SET enabled = $6, updated_at = $3, updated_by = $4, generation = $5 \
                      WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL AND enabled <> $6 RETURNING id";
    UPDATE_STAMP = "UPDATE keys SET updated_at = $3, updated_by = $4, generation = $5 \
                    WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
}

impl KeyRepository<&mut Tx> {
    /// Returns false if the account has no such key, or it is deleted.
    pub async fn update(self, update: &KeyUpdate<'_>) -> Result<bool> {
        let updated: Option<String> = query_in!(self.0, db => sqlx::query_scalar(UPDATE)
            .bind(update.account_id)
            .bind(update.id)
            .bind(update.name)
            .bind(fold(update.name))
            .bind(update.whitelist)
            .bind(update.privileges)
            .bind(update.updated_at)
            .bind(update.generation)
            .bind(update.limits)
            .bind(update.expires_at)
            .bind(update.updated_by)
            .fetch_optional(db))?;
        Ok(updated.is_some())
    }

    /// Enables or disables a key. Returns false if the account has no such key, it is deleted, or it is in that state
    /// already.
    pub async fn update_enabled(self, stamp: &KeyStamp<'_>, enabled: bool) -> Result<bool> {
        let updated: Option<String> = query_in!(self.0, db => sqlx::query_scalar(UPDATE_ENABLED)
            .bind(stamp.account_id)
            .bind(stamp.id)
            .bind(stamp.updated_at)
            .bind(stamp.updated_by)
            .bind(stamp.generation)
            .bind(enabled)
            .fetch_optional(db))?;
        Ok(updated.is_some())
    }

    /// Records a change to other rows of a key, such as its secrets. Returns false if the account has no such key, or it
    /// is deleted.
    pub async fn update_stamp(self, stamp: &KeyStamp<'_>) -> Result<bool> {
        let updated: Option<String> = query_in!(self.0, db => sqlx::query_scalar(UPDATE_STAMP)
            .bind(stamp.account_id)
            .bind(stamp.id)
            .bind(stamp.updated_at)
            .bind(stamp.updated_by)
            .bind(stamp.generation)
            .fetch_optional(db))?;
        Ok(updated.is_some())
    }
}
