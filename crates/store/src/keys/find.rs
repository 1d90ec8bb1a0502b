//! Finding one key: by its id for management, by its public id for the gate.

use super::rows::{AuthRow, KeyRow};
use crate::error::Result;
use crate::repository::KeyRepository;
use crate::statements::{query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

statements! {
    FIND = select_keys!("WHERE k.account_id = $1 AND k.id = $2 AND k.deleted_at IS NULL");
    FIND_IN_ANY_ACCOUNT = select_keys!("WHERE k.id = $1 AND k.deleted_at IS NULL");
    FIND_OR_DELETED =
        select_keys!("WHERE k.account_id = $1 AND k.id = $2 AND (k.deleted_at IS NULL OR k.deleted_at > $3)");
    FIND_FOR_AUTH = "SELECT s.public_id, s.key_id, k.account_id, k.name, k.environment, k.channel, k.enabled, \
                     k.whitelist, k.privileges, k.limits, k.expires_at, k.deleted_at, k.generation, s.hash, \
                     CASE WHEN s.retires_at IS NULL OR s.revoked_at < s.retires_at THEN s.revoked_at \
                     ELSE s.retires_at END AS retires_at \
                     FROM key_secrets s JOIN keys k ON k.id = s.key_id WHERE s.public_id = $1";
    COUNT = "SELECT COUNT(*) AS total FROM keys WHERE account_id = $1 AND deleted_at IS NULL";
}

impl KeyRepository<&Store> {
    /// `None` also if the key is deleted or belongs to another account.
    pub async fn find(self, account_id: &str, id: &str) -> Result<Option<KeyRow>> {
        read!(self.0, db => sqlx::query_as(FIND).bind(account_id).bind(id).fetch_optional(db))
    }

    /// As [`Self::find`], but also finds a key that was deleted after `deleted_after`.
    pub async fn find_or_deleted(self, account_id: &str, id: &str, deleted_after: i64) -> Result<Option<KeyRow>> {
        read!(self.0, db => sqlx::query_as(FIND_OR_DELETED)
            .bind(account_id)
            .bind(id)
            .bind(deleted_after)
            .fetch_optional(db))
    }

    /// Only for the operator, who may see every account. `None` if the key is deleted.
    pub async fn find_in_any_account(self, id: &str) -> Result<Option<KeyRow>> {
        read!(self.0, db => sqlx::query_as(FIND_IN_ANY_ACCOUNT).bind(id).fetch_optional(db))
    }

    /// What a call with a secret of this public id is decided by. Deleted keys included.
    pub async fn find_for_auth(self, public_id: &str) -> Result<Option<AuthRow>> {
        read!(self.0, db => sqlx::query_as(FIND_FOR_AUTH).bind(public_id).fetch_optional(db))
    }

    /// How many keys the account has, without deleted ones.
    pub async fn count(self, account_id: &str) -> Result<i64> {
        read!(self.0, db => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(db))
    }
}

impl KeyRepository<&mut Tx> {
    /// `None` also if the key is deleted or belongs to another account.
    pub async fn find(self, account_id: &str, id: &str) -> Result<Option<KeyRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(account_id).bind(id).fetch_optional(db))
    }

    /// How many keys the account has, without deleted ones.
    pub async fn count(self, account_id: &str) -> Result<i64> {
        query_in!(self.0, db => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(db))
    }
}
