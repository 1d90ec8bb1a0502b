//! When and from where each key was used last. Joined to keys where they are listed; here it is written.

use crate::statements::{execute, statements};
use crate::{Result, Tx};

statements! {
    PUT = "INSERT INTO last_uses (key_id, at, address) VALUES ($1, $2, $3) ON CONFLICT (key_id) DO UPDATE SET \
           at = excluded.at, address = excluded.address WHERE excluded.at >= last_uses.at";
}

impl Tx {
    /// Notes a use, unless a later one is noted.
    pub async fn put_last_use(&mut self, key_id: &str, at: i64, address: Option<&str>) -> Result<()> {
        execute!(self, sqlx::query(PUT).bind(key_id).bind(at).bind(address)).map(drop)
    }
}
