//! Who did what, when and from where, in a chain that shows where a row was edited or taken out.
//!
//! Each row's hash is keyed and covers the row and the hash before it, so whoever can write the database but has no
//! pepper cannot mend the chain. Rows taken off the end are found because the head is noted beside the chain, keyed as
//! well, and because the next row leaves a gap where the head and the last row do not belong together.

mod activity;
mod sentence;

pub use activity::{Activity, ActivityKey, ActivityPage};
pub use sentence::sentence;

use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::secrets::pepper::hex;
use domain::time::Millis;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use store::{AuditRow, StoreError, Tx};

const HEAD: &str = "audit_head";
const PAGE: i64 = 500;

/// What happened, for one row.
pub(crate) struct Event<'a> {
    pub(crate) at: Millis,
    pub(crate) account_id: &'a str,
    pub(crate) actor: &'a Actor,
    pub(crate) action: &'static str,
    pub(crate) key_id: Option<&'a str>,
    /// Never a secret, nor a part of one.
    pub(crate) details: Value,
}

/// Keys the chain.
pub(crate) struct Chain(Hmac<Sha256>);

impl Chain {
    pub(crate) fn new(pepper: &crate::secrets::pepper::Pepper) -> Self {
        Self(pepper.derive("audit chain"))
    }

    fn hash(&self, row: &AuditRow) -> Vec<u8> {
        let mut mac = self.0.clone();
        // Lengths go in with the texts: no two rows may be written the same way.
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

    /// What is noted beside a chain that ends with this row.
    fn head(&self, seq: i64, hash: &[u8]) -> String {
        let mut mac = self.0.clone();
        // No row begins like this: the length of its first part is 32.
        mac.update(b"head of the chain");
        mac.update(&seq.to_le_bytes());
        mac.update(hash);
        format!("{seq} {}", hex(&mac.finalize().into_bytes()))
    }

    /// Appends a row in the transaction of the change that it tells of.
    pub(crate) async fn append(&self, tx: &mut Tx, event: Event<'_>) -> Result<(), StoreError> {
        self.append_all(tx, vec![event]).await
    }

    /// As [`Self::append`], for several changes of one transaction. There must be one at least.
    pub(crate) async fn append_all(&self, tx: &mut Tx, events: Vec<Event<'_>>) -> Result<(), StoreError> {
        let last = tx.audit().find_last().await?;
        let head = last.as_ref().map(|(seq, hash)| self.head(*seq, hash));
        let is_cut = head != tx.settings().find(HEAD).await?;
        let (mut seq, mut hash) = last.unwrap_or((0, vec![0; 32]));
        seq += i64::from(is_cut);
        for event in events {
            seq += 1;
            let row = self.row(seq, hash, &event);
            tx.audit().insert(&row).await?;
            hash = row.hash;
        }
        tx.settings().upsert(HEAD, &self.head(seq, &hash)).await
    }

    fn row(&self, seq: i64, previous_hash: Vec<u8>, event: &Event<'_>) -> AuditRow {
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

/// What checking the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainCheck {
    /// Every row is as it was written.
    Whole {
        /// How many there are.
        rows: i64,
    },
    /// The first place where the chain does not hold.
    Broken {
        /// The number of the row that is edited, or before which rows are missing.
        at: i64,
    },
}

impl Keyhatch {
    /// Checks every row of the audit.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify_audit(&self) -> Result<ChainCheck, Error> {
        let mut previous = vec![0; 32];
        let mut seq = 0;
        loop {
            let rows = self.store().audit().list(seq + 1, PAGE).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.seq != seq + 1 || row.previous_hash != previous || row.hash != self.chain().hash(&row) {
                    return Ok(ChainCheck::Broken { at: seq + 1 });
                }
                seq = row.seq;
                previous = row.hash;
            }
        }
        let head = self.store().settings().find(HEAD).await?;
        let expected = (seq > 0).then(|| self.chain().head(seq, &previous));
        // Making an account writes a row.
        let is_emptied = seq == 0 && self.store().accounts().count().await? > 0;
        if head == expected && !is_emptied {
            Ok(ChainCheck::Whole { rows: seq })
        } else {
            Ok(ChainCheck::Broken { at: seq + 1 })
        }
    }
}
