//! Idempotency keys: the result of a request, for a client that sends the same request again.

use crate::error::Result;
use crate::repository::IdempotencyKeyRepository;
use crate::statements::{execute_in, query_in, statements};
use crate::transaction::Tx;

/// A completed request. It contains no secret.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IdempotencyKeyRow {
    /// Id of the actor. Idempotency keys of different actors are independent.
    pub actor_id: String,
    pub idempotency_key: String,
    pub request_hash: Vec<u8>,
    /// Id of the created resource.
    pub resource_id: String,
    /// Epoch milliseconds.
    pub created_at: i64,
}

statements! {
    INSERT = "INSERT INTO idempotency_keys (actor_id, idempotency_key, request_hash, resource_id, created_at) \
              VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT actor_id, idempotency_key, request_hash, resource_id, created_at FROM idempotency_keys \
            WHERE actor_id = $1 AND idempotency_key = $2";
    DELETE_CREATED_BEFORE = "DELETE FROM idempotency_keys WHERE created_at < $1";
}

impl IdempotencyKeyRepository<&mut Tx> {
    pub async fn find(self, actor_id: &str, idempotency_key: &str) -> Result<Option<IdempotencyKeyRow>> {
        query_in!(self.0, db => sqlx::query_as(FIND).bind(actor_id).bind(idempotency_key).fetch_optional(db))
    }

    /// # Errors
    /// `Conflict` if the actor used this idempotency key before.
    pub async fn insert(self, row: &IdempotencyKeyRow) -> Result<()> {
        execute_in!(
            self.0,
            sqlx::query(INSERT)
                .bind(&row.actor_id)
                .bind(&row.idempotency_key)
                .bind(&row.request_hash)
                .bind(&row.resource_id)
                .bind(row.created_at)
        )
        .map(drop)
        .map_err(|error| error.naming("idempotency key"))
    }

    /// Returns the number of deleted rows.
    pub async fn delete_created_before(self, at: i64) -> Result<u64> {
        execute_in!(self.0, sqlx::query(DELETE_CREATED_BEFORE).bind(at))
    }
}
