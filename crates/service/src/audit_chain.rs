//! The audit chain: who did what, when and from where, in rows that show whether one was edited or removed.
//!
//! The hash of each row is keyed and covers the row and the hash before it, so write access to the database without the
//! pepper is not enough to forge a row. Rows removed from the end are detected in two ways: the head of the chain is
//! recorded beside it, keyed as well, and the next row leaves a gap in the numbering if head and last row disagree.

use crate::actor::Actor;
use domain::time::Millis;
use hmac::{Hmac, Mac};
use secrets::{Pepper, hex};
use serde_json::Value;
use sha2::Sha256;
use store::{AuditRow, StoreError, Tx};

/// The setting that records the head of the chain.
pub(crate) const HEAD: &str = "audit_head";

/// One action, to be appended as one row.
pub(crate) struct AuditEvent<'a> {
    pub(crate) at: Millis,
    pub(crate) account_id: &'a str,
    pub(crate) actor: &'a Actor,
    pub(crate) action: &'static str,
    pub(crate) key_id: Option<&'a str>,
    /// Never a secret, nor a part of one.
    pub(crate) details: Value,
}

/// Appends rows and computes their hashes.
pub(crate) struct AuditChain(Hmac<Sha256>);

impl AuditChain {
    pub(crate) fn new(pepper: &Pepper) -> Self {
        Self(pepper.derive("audit chain"))
    }

    /// Appends a row in the transaction of the change that it records.
    pub(crate) async fn append(&self, tx: &mut Tx, event: AuditEvent<'_>) -> Result<(), StoreError> {
        self.append_all(tx, vec![event]).await
    }

    /// As [`Self::append`], for several changes of one transaction; at least one.
    pub(crate) async fn append_all(&self, tx: &mut Tx, events: Vec<AuditEvent<'_>>) -> Result<(), StoreError> {
        let last = tx.audit().find_last().await?;
        let head = last.as_ref().map(|(seq, hash)| self.head(*seq, hash));
        let is_truncated = head != tx.settings().find(HEAD).await?;
        let (mut seq, mut hash) = last.unwrap_or((0, vec![0; 32]));
        seq += i64::from(is_truncated);
        for event in events {
            seq += 1;
            let row = self.row(seq, hash, &event);
            tx.audit().insert(&row).await?;
            hash = row.hash;
        }
        tx.settings().upsert(HEAD, &self.head(seq, &hash)).await
    }

    /// The head to record for a chain that ends with this row.
    pub(crate) fn head(&self, seq: i64, hash: &[u8]) -> String {
        let mut mac = self.0.clone();
        // No row's input starts like this: rows start with the length of a hash, 32.
        mac.update(b"head of the chain");
        mac.update(&seq.to_le_bytes());
        mac.update(hash);
        format!("{seq} {}", hex(&mac.finalize().into_bytes()))
    }

    /// The hash of a row, over all its other columns.
    pub(crate) fn hash(&self, row: &AuditRow) -> Vec<u8> {
        let mut mac = self.0.clone();
        // Each part is preceded by its length, so that no two rows have the same input.
        let mut part = |bytes: &[u8]| {
            mac.update(&(bytes.len() as u64).to_le_bytes());
            mac.update(bytes);
        };
        part(&row.previous_hash);
        part(&row.seq.to_le_bytes());
        part(&row.at.to_le_bytes());
        part(row.account_id.as_bytes());
        for optional in [&row.member_id, &row.key_id, &row.address] {
            part(&[u8::from(optional.is_some())]);
            part(optional.as_deref().unwrap_or_default().as_bytes());
        }
        part(row.actor.as_bytes());
        part(row.action.as_bytes());
        part(row.details.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    fn row(&self, seq: i64, previous_hash: Vec<u8>, event: &AuditEvent<'_>) -> AuditRow {
        let mut row = AuditRow {
            seq,
            at: event.at,
            account_id: event.account_id.to_owned(),
            member_id: event.actor.member_id().map(ToOwned::to_owned),
            actor: event.actor.name(),
            action: event.action.to_owned(),
            key_id: event.key_id.map(ToOwned::to_owned),
            details: event.details.to_string(),
            address: event.actor.address().map(|address| address.to_string()),
            previous_hash,
            hash: Vec::new(),
        };
        row.hash = self.hash(&row);
        row
    }
}
