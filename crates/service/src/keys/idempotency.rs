//! Idempotency keys: a program whose connection broke cannot know whether its key was created, so it repeats the request
//! under the same idempotency key, and nothing is created twice.

use crate::actor::Actor;
use crate::error::Error;
use domain::time::Millis;
use sha2::{Digest, Sha256};
use store::{IdempotencyKeyRow, StoreError, Tx};

/// How long a repeat is recognized, in milliseconds: 24 hours.
pub(crate) const IDEMPOTENCY_LIFETIME: Millis = 24 * 60 * 60 * 1_000;

/// A client's name for one request, with a hash of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    name: String,
    request_hash: Vec<u8>,
}

impl IdempotencyKey {
    /// `request` is the whole request, so that reusing the name for a different one is detected.
    #[must_use]
    pub fn new(name: &str, request: &[u8]) -> Self {
        Self { name: name.to_owned(), request_hash: Sha256::digest(request).to_vec() }
    }

    /// The id that an earlier request with this idempotency key created.
    ///
    /// # Errors
    /// [`Error::IdempotencyKeyReused`] if the earlier request was different.
    pub(super) async fn find_created(&self, tx: &mut Tx, actor: &Actor) -> Result<Option<String>, Error> {
        match tx.idempotency_keys().find(actor.id(), &self.name).await? {
            Some(row) if row.request_hash != self.request_hash => Err(Error::IdempotencyKeyReused),
            found => Ok(found.map(|row| row.resource_id)),
        }
    }

    pub(super) async fn record(&self, tx: &mut Tx, actor: &Actor, created: &str, at: Millis) -> Result<(), StoreError> {
        tx.idempotency_keys()
            .insert(&IdempotencyKeyRow {
                actor_id: actor.id().to_owned(),
                idempotency_key: self.name.clone(),
                request_hash: self.request_hash.clone(),
                resource_id: created.to_owned(),
                created_at: at,
            })
            .await
    }
}
