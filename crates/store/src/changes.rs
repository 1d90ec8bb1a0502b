//! The generation: a number that grows with each change to a key, by which a cache knows that it is behind.

use crate::statements::{read, statements, write};
use crate::{Result, Store, Tx};

statements! {
    FIND = "SELECT generation FROM changes WHERE id = 1";
    NEXT = "UPDATE changes SET generation = generation + 1 WHERE id = 1 RETURNING generation";
}

impl Store {
    /// The generation of the last committed change.
    ///
    /// # Errors
    /// `Unavailable` also when the SQLite file was moved away or replaced while open: what it says is then worth nothing.
    pub async fn generation(&self) -> Result<i64> {
        self.pool.confirm_file()?;
        read!(self, db => sqlx::query_scalar(FIND).fetch_one(db))
    }
}

impl Tx {
    /// Takes the next generation. Others see it when this transaction commits, together with what carries it.
    pub async fn next_generation(&mut self) -> Result<i64> {
        write!(self, db => sqlx::query_scalar(NEXT).fetch_one(db))
    }
}
