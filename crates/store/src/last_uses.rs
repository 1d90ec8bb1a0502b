//! When and from where each key was last used. Written here, joined to the keys where they are listed.

use crate::error::Result;
use crate::repository::LastUseRepository;
use crate::statements::{execute_in, statements};
use crate::transaction::Tx;

statements! {
    // With the account, so that the keys of an account can be listed by their last use from an index.
    UPSERT = "INSERT INTO last_uses (key_id, account_id, at, address) \
              SELECT k.id, k.account_id, CAST($2 AS BIGINT), CAST($3 AS TEXT) FROM keys k WHERE k.id = $1 \
              ON CONFLICT (key_id) DO UPDATE SET \
              at = excluded.at, address = excluded.address WHERE excluded.at >= last_uses.at";
}

impl LastUseRepository<&mut Tx> {
    /// Records a use, unless a later one is recorded. Does nothing for a key without a row.
    pub async fn upsert(self, key_id: &str, at: i64, address: Option<&str>) -> Result<()> {
        execute_in!(self.0, sqlx::query(UPSERT).bind(key_id).bind(at).bind(address)).map(drop)
    }
}
