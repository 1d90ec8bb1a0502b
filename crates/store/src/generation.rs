//! The generation: a counter that grows with each change to a key. A cache compares it with its own to detect that it is
//! out of date.

use crate::error::Result;
use crate::statements::{query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

statements! {
    FIND = "SELECT value FROM key_generation WHERE id = 1";
    INCREMENT = "UPDATE key_generation SET value = value + 1 WHERE id = 1 RETURNING value";
}

impl Store {
    /// The generation of the last committed change.
    ///
    /// # Errors
    /// `Unavailable` also when the SQLite file was moved away or replaced while open, because its content is then out of
    /// date.
    pub async fn generation(&self) -> Result<i64> {
        self.database.check_file()?;
        read!(self, db => sqlx::query_scalar(FIND).fetch_one(db))
    }
}

impl Tx {
    /// Increments the generation and returns it. It becomes visible to others when this transaction commits, together
    /// with the rows that carry it.
    pub async fn next_generation(&mut self) -> Result<i64> {
        query_in!(self, db => sqlx::query_scalar(INCREMENT).fetch_one(db))
    }
}
