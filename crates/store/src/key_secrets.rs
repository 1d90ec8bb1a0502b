//! Secrets of keys, and from which addresses a retired secret is still used.
//!
//! A key has one current secret, whose `retires_at` is `NULL`. Rotating the key retires it: the retired secret works
//! until its `retires_at`.

use crate::error::Result;
use crate::repository::KeySecretRepository;
use crate::search::fold;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

/// One secret of a key.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeySecretRow {
    pub public_id: String,
    pub key_id: String,
    /// Keyed hash of the whole secret.
    pub hash: Vec<u8>,
    /// The end of the secret, which is displayed.
    pub last_chars: String,
    pub created_at: i64,
    /// When a retired secret stops working; `None` for the current one.
    pub retires_at: Option<i64>,
}

// The keyed hash does not belong in a log.
impl std::fmt::Debug for KeySecretRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySecretRow")
            .field("public_id", &self.public_id)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

/// The last use of a retired secret from one address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SecretUseRow {
    /// Empty if it was not known.
    pub address: String,
    /// Epoch milliseconds.
    pub at: i64,
}

statements! {
    INSERT = "INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at, retires_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    RETIRE_CURRENT = "UPDATE key_secrets SET retires_at = $2 WHERE key_id = $1 AND retires_at IS NULL \
                      RETURNING public_id";
    END_RETIRED = "UPDATE key_secrets SET retires_at = $2 WHERE key_id = $1 AND retires_at > $2 RETURNING public_id";
    // A retired secret that still works ends earlier. A current one, found only in a database restored from an old
    // backup, is marked as revoked instead, because each key needs a current secret.
    REVOKE = "UPDATE key_secrets SET \
              retires_at = CASE WHEN retires_at IS NULL THEN NULL ELSE $2 END, \
              revoked_at = CASE WHEN retires_at IS NULL THEN $2 ELSE revoked_at END \
              WHERE public_id = $1 AND (retires_at > $2 OR (retires_at IS NULL AND \
              (revoked_at IS NULL OR revoked_at > $2))) RETURNING key_id";
    UPDATE_LAST_CHARS = "UPDATE keys SET last_chars_folded = $2 WHERE id = $1";
    UPDATE_GENERATION = "UPDATE keys SET generation = $2 WHERE id = $1";
    LIST_PUBLIC_IDS = "SELECT public_id FROM key_secrets WHERE public_id > $1 ORDER BY public_id LIMIT $2";
    // CROSS JOIN, which SQLite does not reorder: it would otherwise scan all secrets for the few deleted keys.
    LIST_PUBLIC_IDS_OF_DELETED_KEYS = "SELECT s.public_id FROM keys k CROSS JOIN key_secrets s \
                                       WHERE s.key_id = k.id AND k.deleted_at IS NOT NULL";
    LIST_PUBLIC_IDS_BY_KEY = "SELECT public_id FROM key_secrets WHERE key_id = $1 ORDER BY public_id";
    LIST_RETIRED = "SELECT s.public_id, s.retires_at FROM key_secrets s JOIN keys k ON k.id = s.key_id \
                    WHERE s.retires_at IS NOT NULL AND k.deleted_at IS NULL";
    UPSERT_USE = "INSERT INTO retired_secret_uses (public_id, address, at) VALUES ($1, $2, $3) \
                  ON CONFLICT (public_id, address) DO UPDATE SET at = excluded.at \
                  WHERE excluded.at > retired_secret_uses.at";
    DELETE_OLDER_USES = "DELETE FROM retired_secret_uses WHERE public_id = $1 AND address NOT IN \
                         (SELECT address FROM retired_secret_uses WHERE public_id = $1 \
                         ORDER BY at DESC, address LIMIT $2)";
    LIST_USES = "SELECT address, at FROM retired_secret_uses WHERE public_id = $1 ORDER BY at DESC, address";
}

impl KeySecretRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if the public id is taken, the key has another current secret, or there is no such key.
    pub async fn insert(self, secret: &KeySecretRow) -> Result<()> {
        insert_secret(self.0, secret).await?;
        if secret.retires_at.is_none() {
            let last_chars = fold(&secret.last_chars);
            execute_in!(self.0, sqlx::query(UPDATE_LAST_CHARS).bind(&secret.key_id).bind(last_chars))?;
        }
        Ok(())
    }

    /// Lets the current secret retire at `retires_at`, which makes room for a new current one. Returns its public id.
    pub async fn retire_current(self, key_id: &str, retires_at: i64) -> Result<Option<String>> {
        query_in!(self.0, db => sqlx::query_scalar(RETIRE_CURRENT).bind(key_id).bind(retires_at).fetch_optional(db))
    }

    /// Ends the retired secrets of a key that still work at `now`. Returns their public ids.
    pub async fn end_retired(self, key_id: &str, now: i64) -> Result<Vec<String>> {
        query_in!(self.0, db => sqlx::query_scalar(END_RETIRED).bind(key_id).bind(now).fetch_all(db))
    }

    /// For replaying the revocation ledger: the secret works until `at` at the latest. If it would have worked longer,
    /// sets the generation of its key and returns the key's id.
    pub async fn revoke(self, public_id: &str, at: i64, generation: i64) -> Result<Option<String>> {
        let revoked: Option<String> =
            query_in!(self.0, db => sqlx::query_scalar(REVOKE).bind(public_id).bind(at).fetch_optional(db))?;
        if let Some(key_id) = &revoked {
            execute_in!(self.0, sqlx::query(UPDATE_GENERATION).bind(key_id).bind(generation))?;
        }
        Ok(revoked)
    }

    /// The public ids of all secrets of a key.
    pub async fn list_public_ids_by_key(self, key_id: &str) -> Result<Vec<String>> {
        list_public_ids_by_key(self.0, key_id).await
    }

    /// Records a use of a retired secret, unless a later one from the same address is recorded.
    pub async fn upsert_use(self, public_id: &str, address: &str, at: i64) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPSERT_USE).bind(public_id).bind(address).bind(at)).map(drop)
    }

    /// Deletes the uses of a retired secret except those of the `count` most recent addresses.
    pub async fn delete_older_uses(self, public_id: &str, count: i64) -> Result<()> {
        execute_in!(self.0, sqlx::query(DELETE_OLDER_USES).bind(public_id).bind(count)).map(drop)
    }
}

/// Inserts the row alone. The caller stores the folded last characters with the key.
pub(crate) async fn insert_secret(tx: &mut Tx, secret: &KeySecretRow) -> Result<()> {
    execute_in!(
        tx,
        sqlx::query(INSERT)
            .bind(&secret.public_id)
            .bind(&secret.key_id)
            .bind(&secret.hash)
            .bind(&secret.last_chars)
            .bind(secret.created_at)
            .bind(secret.retires_at)
    )
    .map(drop)
    .map_err(|error| error.naming("public id"))
}

pub(crate) async fn list_public_ids_by_key(tx: &mut Tx, key_id: &str) -> Result<Vec<String>> {
    query_in!(tx, db => sqlx::query_scalar(LIST_PUBLIC_IDS_BY_KEY).bind(key_id).fetch_all(db))
}

impl KeySecretRepository<&Store> {
    /// At most `limit` public ids after `after`, in order, those of deleted keys included.
    pub async fn list_public_ids(self, after: &str, limit: i64) -> Result<Vec<String>> {
        read!(self.0, db => sqlx::query_scalar(LIST_PUBLIC_IDS).bind(after).bind(limit).fetch_all(db))
    }

    /// The public ids of all secrets of deleted keys, in no particular order.
    pub async fn list_public_ids_of_deleted_keys(self) -> Result<Vec<String>> {
        read!(self.0, db => sqlx::query_scalar(LIST_PUBLIC_IDS_OF_DELETED_KEYS).fetch_all(db))
    }

    /// Public id and `retires_at` of all retired secrets whose key is not deleted, in no particular order.
    pub async fn list_retired(self) -> Result<Vec<(String, i64)>> {
        read!(self.0, db => sqlx::query_as(LIST_RETIRED).fetch_all(db))
    }

    /// The uses of a retired secret, most recent first.
    pub async fn list_uses(self, public_id: &str) -> Result<Vec<SecretUseRow>> {
        read!(self.0, db => sqlx::query_as(LIST_USES).bind(public_id).fetch_all(db))
    }
}
