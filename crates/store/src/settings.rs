//! Settings: single values by name, such as the pepper's fingerprint and the highest time seen.

use crate::statements::{execute, read, statements, write};
use crate::{Result, Store, Tx};

statements! {
    FIND = "SELECT value FROM settings WHERE name = $1";
    PUT = "INSERT INTO settings (name, value) VALUES ($1, $2) \
           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

impl Store {
    pub async fn find_setting(&self, name: &str) -> Result<Option<String>> {
        read!(self, db => sqlx::query_scalar(FIND).bind(name).fetch_optional(db))
    }
}

impl Tx {
    /// The same as on the store, but sees this transaction and is exact until its end.
    pub async fn find_setting(&mut self, name: &str) -> Result<Option<String>> {
        write!(self, db => sqlx::query_scalar(FIND).bind(name).fetch_optional(db))
    }

    pub async fn put_setting(&mut self, name: &str, value: &str) -> Result<()> {
        execute!(self, sqlx::query(PUT).bind(name).bind(value)).map(drop)
    }
}
