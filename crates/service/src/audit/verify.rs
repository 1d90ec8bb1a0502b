//! Verification of the audit chain.

use super::Audit;
use crate::audit_chain::HEAD;
use crate::error::Error;

/// Rows that are read at a time.
const PAGE: i64 = 500;

/// The result of verifying the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainCheck {
    /// Every row is as it was written.
    Intact {
        /// The number of rows.
        rows: i64,
    },
    /// The chain is broken.
    Broken {
        /// The number of the first row that was edited, or before which rows are missing.
        at: i64,
    },
}

impl Audit {
    /// Verifies every row.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify(&self) -> Result<ChainCheck, Error> {
        let chain = &self.context.audit;
        let mut previous = vec![0; 32];
        let mut seq = 0;
        loop {
            let rows = self.context.store.audit().list(seq + 1, PAGE).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.seq != seq + 1 || row.previous_hash != previous || row.hash != chain.hash(&row) {
                    return Ok(ChainCheck::Broken { at: seq + 1 });
                }
                seq = row.seq;
                previous = row.hash;
            }
        }
        let head = self.context.store.settings().find(HEAD).await?;
        let expected = (seq > 0).then(|| chain.head(seq, &previous));
        // Creating an account appends a row, so accounts without rows mean that all rows were removed.
        let is_emptied = seq == 0 && self.context.store.accounts().count().await? > 0;
        if head == expected && !is_emptied {
            Ok(ChainCheck::Intact { rows: seq })
        } else {
            Ok(ChainCheck::Broken { at: seq + 1 })
        }
    }
}
