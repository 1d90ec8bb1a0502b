//! Making, changing and deleting keys. Every change carries the generation that the transaction took.

use super::{KeyChange, KeySecretRow, KeyTouch, NewKey};
use crate::search::fold;
use crate::statements::{execute, statements, write};
use crate::{Result, Tx};

statements! {
    INSERT = "INSERT INTO keys (id, account_id, name, name_folded, environment, channel, enabled, whitelist, \
              privileges, created_at, created_by, updated_at, updated_by, expires_at, deleted_at, generation, limits, \
              last_folded) \
              VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, $8, $9, $10, $9, $10, $11, NULL, $12, $13, $14)";
    UPDATE = "UPDATE keys SET name = $3, name_folded = $4, whitelist = $5, privileges = $6, updated_at = $7, \
              generation = $8, limits = $9, expires_at = $10, updated_by = $11 \
              WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
    DELETE = "UPDATE keys SET deleted_at = $3, updated_at = $3, updated_by = $4, generation = $5, delete_reason = $6 \
              WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
    DELETE_BY_PUBLIC_ID = "UPDATE keys SET deleted_at = $2, updated_at = $2, updated_by = $3, generation = $4 \
                           WHERE id = (SELECT key_id FROM key_secrets WHERE public_id = $1) \
                           AND deleted_at IS NULL RETURNING id";
    DELETE_OF_ACCOUNT = "UPDATE keys SET deleted_at = $2, updated_at = $2, updated_by = $3, generation = $4 \
                         WHERE account_id = $1 AND deleted_at IS NULL";
    LIST_DELETED_AT_GENERATION = "SELECT s.public_id FROM key_secrets s JOIN keys k ON k.id = s.key_id \
                                  WHERE k.generation = $1 AND k.deleted_at IS NOT NULL ORDER BY s.public_id";
}

impl Tx {
    /// # Errors
    /// `Conflict` if an id or the public id is taken, or the account is missing.
    pub async fn insert_key(&mut self, key: &NewKey, secret: &KeySecretRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&key.id)
                .bind(&key.account_id)
                .bind(&key.name)
                .bind(fold(&key.name))
                .bind(&key.environment)
                .bind(&key.channel)
                .bind(&key.whitelist)
                .bind(&key.privileges)
                .bind(key.created_at)
                .bind(&key.created_by)
                .bind(key.expires_at)
                .bind(key.generation)
                .bind(&key.limits)
                .bind(fold(&secret.last_chars))
        )
        .map_err(|error| error.about("key"))?;
        self.insert_secret(secret).await
    }

    /// Whether the account has such a key, not deleted.
    pub async fn update_key(&mut self, change: &KeyChange<'_>) -> Result<bool> {
        let updated: Option<String> = write!(self, db => sqlx::query_scalar(UPDATE)
            .bind(change.account_id)
            .bind(change.id)
            .bind(change.name)
            .bind(fold(change.name))
            .bind(change.whitelist)
            .bind(change.privileges)
            .bind(change.updated_at)
            .bind(change.generation)
            .bind(change.limits)
            .bind(change.expires_at)
            .bind(change.updated_by)
            .fetch_optional(db))?;
        Ok(updated.is_some())
    }

    /// Marks a key as deleted and answers the public ids of its secrets; `None` if the account has no such key. The
    /// secrets' rows stay, so that a public id is never given out twice.
    pub async fn delete_key(&mut self, touch: &KeyTouch<'_>, reason: Option<&str>) -> Result<Option<Vec<String>>> {
        let deleted: Option<String> = write!(self, db => sqlx::query_scalar(DELETE)
            .bind(touch.account_id)
            .bind(touch.id)
            .bind(touch.updated_at)
            .bind(touch.updated_by)
            .bind(touch.generation)
            .bind(reason)
            .fetch_optional(db))?;
        if deleted.is_none() {
            return Ok(None);
        }
        self.list_public_ids_of(touch.id).await.map(Some)
    }

    /// Marks all keys of an account as deleted; how many there were.
    pub async fn delete_keys_of_account(
        &mut self,
        account_id: &str,
        at: i64,
        by: &str,
        generation: i64,
    ) -> Result<u64> {
        execute!(self, sqlx::query(DELETE_OF_ACCOUNT).bind(account_id).bind(at).bind(by).bind(generation))
    }

    /// The public ids of all keys that were deleted at this generation.
    pub async fn list_deleted_at_generation(&mut self, generation: i64) -> Result<Vec<String>> {
        write!(self, db => sqlx::query_scalar(LIST_DELETED_AT_GENERATION).bind(generation).fetch_all(db))
    }

    /// For replaying the ledger of revocations. Whether a key was deleted by it, and was not before.
    pub async fn mark_deleted_by_public_id(
        &mut self,
        public_id: &str,
        deleted_at: i64,
        deleted_by: &str,
        generation: i64,
    ) -> Result<bool> {
        let deleted: Option<String> = write!(self, db => sqlx::query_scalar(DELETE_BY_PUBLIC_ID)
            .bind(public_id)
            .bind(deleted_at)
            .bind(deleted_by)
            .bind(generation)
            .fetch_optional(db))?;
        Ok(deleted.is_some())
    }
}
