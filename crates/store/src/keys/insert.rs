//! Inserting a key with its first secret.

use super::rows::NewKey;
use crate::error::Result;
use crate::key_secrets::{KeySecretRow, insert_secret};
use crate::repository::KeyRepository;
use crate::search::fold;
use crate::statements::{execute_in, statements};
use crate::transaction::Tx;

statements! {
    INSERT = "INSERT INTO keys (id, account_id, name, name_folded, environment, channel, enabled, whitelist, \
              privileges, created_at, created_by, updated_at, updated_by, expires_at, deleted_at, generation, limits, \
              last_chars_folded) \
              VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, $8, $9, $10, $9, $10, $11, NULL, $12, $13, $14)";
}

impl KeyRepository<&mut Tx> {
    /// # Errors
    /// `Conflict` if an id or the public id is taken, or the account is missing.
    pub async fn insert(self, key: &NewKey, secret: &KeySecretRow) -> Result<()> {
        execute_in!(
            self.0,
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
        .map_err(|error| error.naming("key"))?;
        insert_secret(self.0, secret).await
    }
}
