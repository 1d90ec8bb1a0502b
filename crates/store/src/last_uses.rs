//! When and from where each key was last used. Written here, joined to the keys where they are listed.

use crate::error::Result;
use crate::repository::LastUseRepository;
use crate::statements::{execute_in, statements};
use crate::transaction::Tx;

statements! {
    UPSERT = "INSERT INTO last_uses (key_id, at, address) VALUES ($1, $2, $3) ON CONFLICT (key_id) DO UPDATE SET \
              at = excluded.at, address = excluded.address WHERE excluded.at >= last_uses.at";
}

impl LastUseRepository<&mut Tx> {
    /// Records a use, unless a later one is recorded.
    pub async fn upsert(self, key_id: &str, at: i64, address: Option<&str>) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPSERT).bind(key_id).bind(at).bind(address)).map(drop)
    }
}
