//! Settings: single values by name, such as the pepper's fingerprint and the highest time seen.

use crate::error::Result;
use crate::repository::SettingRepository;
use crate::statements::{execute_in, query_in, read, statements};
use crate::store::Store;
use crate::transaction::Tx;

statements! {
    FIND = "SELECT value FROM settings WHERE name = $1";
    UPSERT = "INSERT INTO settings (name, value) VALUES ($1, $2) \
              ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

impl SettingRepository<&Store> {
    pub async fn find(self, name: &str) -> Result<Option<String>> {
        read!(self.0, db => sqlx::query_scalar(FIND).bind(name).fetch_optional(db))
    }
}

impl SettingRepository<&mut Tx> {
    pub async fn find(self, name: &str) -> Result<Option<String>> {
        query_in!(self.0, db => sqlx::query_scalar(FIND).bind(name).fetch_optional(db))
    }

    pub async fn upsert(self, name: &str, value: &str) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPSERT).bind(name).bind(value)).map(drop)
    }
}
