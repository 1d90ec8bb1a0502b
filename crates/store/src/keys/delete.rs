//! Deleting keys. Their rows and those of their secrets stay, so that a public id is never reused.

use super::rows::KeyStamp;
use crate::error::Result;
use crate::key_secrets::list_public_ids_by_key;
use crate::repository::KeyRepository;
use crate::statements::{execute_in, query_in, statements};
use crate::transaction::Tx;

statements! {
    DELETE = "UPDATE keys SET deleted_at = $3, updated_at = $3, updated_by = $4, generation = $5, delete_reason = $6 \
              WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
    DELETE_BY_PUBLIC_ID = "UPDATE keys SET deleted_at = $2, updated_at = $2, updated_by = $3, generation = $4 \
                           WHERE id = (SELECT key_id FROM key_secrets WHERE public_id = $1) \
                           AND deleted_at IS NULL RETURNING id";
    DELETE_BY_ACCOUNT = "UPDATE keys SET deleted_at = $2, updated_at = $2, updated_by = $3, generation = $4 \
                         WHERE account_id = $1 AND deleted_at IS NULL";
}

impl KeyRepository<&mut Tx> {
    /// Marks a key as deleted and returns the public ids of its secrets; `None` if the account has no such key.
    pub async fn delete(self, stamp: &KeyStamp<'_>, reason: Option<&str>) -> Result<Option<Vec<String>>> {
        let deleted: Option<String> = query_in!(self.0, db => sqlx::query_scalar(DELETE)
            .bind(stamp.account_id)
            .bind(stamp.id)
            .bind(stamp.updated_at)
            .bind(stamp.updated_by)
            .bind(stamp.generation)
            .bind(reason)
            .fetch_optional(db))?;
        if deleted.is_none() {
            return Ok(None);
        }
        list_public_ids_by_key(self.0, stamp.id).await.map(Some)
    }

    /// Marks all keys of an account as deleted. Returns their number.
    pub async fn delete_by_account(
        self,
        account_id: &str,
        deleted_at: i64,
        deleted_by: &str,
        generation: i64,
    ) -> Result<u64> {
        execute_in!(
            self.0,
            sqlx::query(DELETE_BY_ACCOUNT).bind(account_id).bind(deleted_at).bind(deleted_by).bind(generation)
        )
    }

    /// For replaying the revocation ledger. Returns false if there is no such key or it was deleted before.
    pub async fn delete_by_public_id(
        self,
        public_id: &str,
        deleted_at: i64,
        deleted_by: &str,
        generation: i64,
    ) -> Result<bool> {
        let deleted: Option<String> = query_in!(self.0, db => sqlx::query_scalar(DELETE_BY_PUBLIC_ID)
            .bind(public_id)
            .bind(deleted_at)
            .bind(deleted_by)
            .bind(generation)
            .fetch_optional(db))?;
        Ok(deleted.is_some())
    }
}
