//! The keys of an account: issue, list, change, rotate, disable, delete. One file a use case.

mod change;
mod create;
mod delete;
mod enable;
mod history;
mod issue;
mod list;
pub(crate) mod repeat;
mod rotate;
mod sheet;
pub(crate) mod together;
mod view;

pub use create::Created;
pub use history::{History, HistoryEntry};
pub use issue::Issued;
pub use list::PageRequest;
pub use repeat::Repeat;

use crate::error::{Error, invalid};
use domain::lifecycle::BULK_MAX;
use store::{KeyRow, Tx};

/// A key as the transaction leaves it, and the public ids of all its secrets: what is to be forgotten.
async fn changed(tx: &mut Tx, account_id: &str, id: &str) -> Result<(KeyRow, Vec<String>), Error> {
    let row = tx.keys().find(account_id, id).await?.ok_or(Error::NotFound)?;
    Ok((row, tx.key_secrets().list_public_ids_by_key(id).await?))
}

/// A transaction of too many keys would keep everybody else waiting.
fn check_count(ids: &[String]) -> Result<(), Error> {
    if ids.len() > BULK_MAX {
        return Err(invalid("ids", format!("Choose at most {BULK_MAX} keys at a time.")));
    }
    Ok(())
}
