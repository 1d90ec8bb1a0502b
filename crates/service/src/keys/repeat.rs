//! A creation that carries a name of the asker's choice, so that asking for it again makes nothing new: a program whose
//! connection broke cannot know whether its key was made.

use crate::access::Actor;
use crate::error::Error;
use domain::time::Millis;
use sha2::{Digest, Sha256};
use store::{IdempotencyKeyRow, StoreError, Tx};

/// How long a repeat is recognised, milliseconds: 24 hours.
pub(crate) const KEPT_FOR: Millis = 24 * 60 * 60 * 1_000;

/// The asker's name for a creation, and a hash of what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    name: String,
    request: Vec<u8>,
}

impl Repeat {
    /// `request` is all that is asked for, so that the same name for something else is noticed.
    #[must_use]
    pub fn new(name: &str, request: &[u8]) -> Self {
        Self { name: name.to_owned(), request: Sha256::digest(request).to_vec() }
    }

    /// What this creation made when it was asked for before.
    pub(super) async fn find_in(&self, tx: &mut Tx, actor: &Actor) -> Result<Option<String>, Error> {
        match tx.idempotency_keys().find(actor.id(), &self.name).await? {
            Some(row) if row.request_hash != self.request => Err(Error::RepeatDiffers),
            found => Ok(found.map(|row| row.resource_id)),
        }
    }

    pub(super) async fn note_in(&self, tx: &mut Tx, actor: &Actor, made: &str, at: Millis) -> Result<(), StoreError> {
        tx.idempotency_keys()
            .insert(&IdempotencyKeyRow {
                actor_id: actor.id().to_owned(),
                idempotency_key: self.name.clone(),
                request_hash: self.request.clone(),
                resource_id: made.to_owned(),
                created_at: at,
            })
            .await
    }
}
