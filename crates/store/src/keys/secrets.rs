//! The secrets of keys: put in, replaced, ended; and from where a replaced one is still used.

use super::{KeySecretRow, SecretUseRow};
use crate::search::fold;
use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

statements! {
    INSERT = "INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at, retires_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    RETIRE_CURRENT = "UPDATE key_secrets SET retires_at = $2 WHERE key_id = $1 AND retires_at IS NULL \
                      RETURNING public_id";
    END_OLD = "UPDATE key_secrets SET retires_at = $2 WHERE key_id = $1 AND retires_at > $2 RETURNING public_id";
    // An older one that still works ends earlier; a current one, which only an old database has, is marked.
    RETIRE_AGAIN = "UPDATE key_secrets SET \
                    retires_at = CASE WHEN retires_at IS NULL THEN NULL ELSE $2 END, \
                    revoked_at = CASE WHEN retires_at IS NULL THEN $2 ELSE revoked_at END \
                    WHERE public_id = $1 AND (retires_at > $2 OR (retires_at IS NULL AND \
                    (revoked_at IS NULL OR revoked_at > $2))) RETURNING key_id";
    SET_LAST = "UPDATE keys SET last_folded = $2 WHERE id = $1";
    BUMP = "UPDATE keys SET generation = $2 WHERE id = $1";
    LIST_OF_KEY = "SELECT public_id FROM key_secrets WHERE key_id = $1 ORDER BY public_id";
    LIST_RETIRED = "SELECT s.public_id, s.retires_at FROM key_secrets s JOIN keys k ON k.id = s.key_id \
                    WHERE s.retires_at IS NOT NULL AND k.deleted_at IS NULL";
    PUT_USE = "INSERT INTO secret_uses (public_id, address, at) VALUES ($1, $2, $3) \
               ON CONFLICT (public_id, address) DO UPDATE SET at = excluded.at WHERE excluded.at > secret_uses.at";
    KEEP_NEWEST_USES = "DELETE FROM secret_uses WHERE public_id = $1 AND address NOT IN \
                        (SELECT address FROM secret_uses WHERE public_id = $1 ORDER BY at DESC, address LIMIT $2)";
    LIST_USES = "SELECT address, at FROM secret_uses WHERE public_id = $1 ORDER BY at DESC, address";
}

impl Tx {
    /// # Errors
    /// `Conflict` if the public id is taken, the key has another current secret, or there is no such key.
    pub async fn insert_key_secret(&mut self, secret: &KeySecretRow) -> Result<()> {
        self.insert_secret(secret).await?;
        if secret.retires_at.is_none() {
            let last = fold(&secret.last_chars);
            execute!(self, sqlx::query(SET_LAST).bind(&secret.key_id).bind(last))?;
        }
        Ok(())
    }

    pub(super) async fn insert_secret(&mut self, secret: &KeySecretRow) -> Result<()> {
        execute!(
            self,
            sqlx::query(INSERT)
                .bind(&secret.public_id)
                .bind(&secret.key_id)
                .bind(&secret.hash)
                .bind(&secret.last_chars)
                .bind(secret.created_at)
                .bind(secret.retires_at)
        )
        .map(drop)
        .map_err(|error| error.about("public id"))
    }

    /// Makes room for a new current secret: the present one works until `retires_at`. Answers its public id.
    pub async fn retire_current_secret(&mut self, key_id: &str, retires_at: i64) -> Result<Option<String>> {
        write!(self, db => sqlx::query_scalar(RETIRE_CURRENT).bind(key_id).bind(retires_at).fetch_optional(db))
    }

    /// Ends the replaced secrets of a key that would work after `now`. Answers their public ids.
    pub async fn end_old_secrets(&mut self, key_id: &str, now: i64) -> Result<Vec<String>> {
        write!(self, db => sqlx::query_scalar(END_OLD).bind(key_id).bind(now).fetch_all(db))
    }

    /// For replaying the ledger of revocations: the secret works until `at` at the latest. Answers the id of its key,
    /// whose generation is set, if it would have worked longer.
    pub async fn retire_secret_again(&mut self, public_id: &str, at: i64, generation: i64) -> Result<Option<String>> {
        let found: Option<String> =
            write!(self, db => sqlx::query_scalar(RETIRE_AGAIN).bind(public_id).bind(at).fetch_optional(db))?;
        if let Some(key_id) = &found {
            execute!(self, sqlx::query(BUMP).bind(key_id).bind(generation))?;
        }
        Ok(found)
    }

    /// The public ids of all secrets of a key.
    pub async fn list_public_ids_of(&mut self, key_id: &str) -> Result<Vec<String>> {
        write!(self, db => sqlx::query_scalar(LIST_OF_KEY).bind(key_id).fetch_all(db))
    }

    /// Notes that a replaced secret was used, unless a later use from there is noted.
    pub async fn put_secret_use(&mut self, public_id: &str, address: &str, at: i64) -> Result<()> {
        execute!(self, sqlx::query(PUT_USE).bind(public_id).bind(address).bind(at)).map(drop)
    }

    /// Forgets all but the `count` addresses that used a replaced secret last.
    pub async fn keep_newest_secret_uses(&mut self, public_id: &str, count: i64) -> Result<()> {
        execute!(self, sqlx::query(KEEP_NEWEST_USES).bind(public_id).bind(count)).map(drop)
    }
}

impl Store {
    /// Public id and end of every replaced secret, those of deleted keys left out, in no order.
    pub async fn list_retired_secrets(&self) -> Result<Vec<(String, i64)>> {
        read!(self, db => sqlx::query_as(LIST_RETIRED).fetch_all(db))
    }

    /// From where a replaced secret was used, the latest use first.
    pub async fn list_secret_uses(&self, public_id: &str) -> Result<Vec<SecretUseRow>> {
        read!(self, db => sqlx::query_as(LIST_USES).bind(public_id).fetch_all(db))
    }
}
