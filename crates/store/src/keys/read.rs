//! Finding one key: for the console by its id, for the gate by its public id.

use super::{CallRow, KeyRow};
use crate::statements::{read, statements, write};
use crate::{Result, Store, Tx};

statements! {
    FIND = select_keys!("WHERE k.account_id = $1 AND k.id = $2 AND k.deleted_at IS NULL");
    FIND_OF_ANY_ACCOUNT = select_keys!("WHERE k.id = $1 AND k.deleted_at IS NULL");
    FIND_SHOWN = select_keys!("WHERE k.account_id = $1 AND k.id = $2 AND (k.deleted_at IS NULL OR k.deleted_at > $3)");
    FIND_FOR_CALL = "SELECT s.public_id, s.key_id, k.account_id, k.name, k.environment, k.channel, k.enabled, \
                     k.whitelist, k.privileges, k.limits, k.expires_at, k.deleted_at, k.generation, s.hash, \
                     CASE WHEN s.retires_at IS NULL OR s.revoked_at < s.retires_at THEN s.revoked_at \
                     ELSE s.retires_at END AS retires_at \
                     FROM key_secrets s JOIN keys k ON k.id = s.key_id WHERE s.public_id = $1";
    COUNT = "SELECT COUNT(*) AS total FROM keys WHERE account_id = $1 AND deleted_at IS NULL";
}

impl Store {
    /// `None` also if the key is another account's, or deleted.
    pub async fn find_key(&self, account_id: &str, id: &str) -> Result<Option<KeyRow>> {
        read!(self, db => sqlx::query_as(FIND).bind(account_id).bind(id).fetch_optional(db))
    }

    /// As [`Store::find_key`], and those too that were deleted after a time.
    pub async fn find_key_or_deleted(&self, account_id: &str, id: &str, deleted_after: i64) -> Result<Option<KeyRow>> {
        read!(self, db => sqlx::query_as(FIND_SHOWN)
            .bind(account_id)
            .bind(id)
            .bind(deleted_after)
            .fetch_optional(db))
    }

    /// For the operator alone, who may see every account. `None` if the key is deleted.
    pub async fn find_key_of_any_account(&self, id: &str) -> Result<Option<KeyRow>> {
        read!(self, db => sqlx::query_as(FIND_OF_ANY_ACCOUNT).bind(id).fetch_optional(db))
    }

    /// What a call is decided by; deleted keys included.
    pub async fn find_key_for_call(&self, public_id: &str) -> Result<Option<CallRow>> {
        read!(self, db => sqlx::query_as(FIND_FOR_CALL).bind(public_id).fetch_optional(db))
    }

    /// How many keys the account has now, without deleted ones.
    pub async fn count_keys(&self, account_id: &str) -> Result<i64> {
        read!(self, db => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(db))
    }
}

impl Tx {
    /// As [`Store::find_key`], and as it stays until the transaction ends.
    pub async fn find_key(&mut self, account_id: &str, id: &str) -> Result<Option<KeyRow>> {
        write!(self, db => sqlx::query_as(FIND).bind(account_id).bind(id).fetch_optional(db))
    }

    /// How many keys the account has, without deleted ones. Exact until the transaction ends.
    pub async fn count_keys(&mut self, account_id: &str) -> Result<i64> {
        write!(self, db => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(db))
    }
}
