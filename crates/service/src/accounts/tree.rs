//! The tree of accounts: ancestors and depth.

use super::Accounts;
use crate::error::{Error, invalid};
use store::{Store, Tx};

/// Whether `id` is below `above`, at any depth. Nothing is below a deleted account.
pub(crate) async fn is_below(store: &Store, id: &str, above: &str) -> Result<bool, Error> {
    let mut next = store.accounts().find(id).await?;
    while let Some(parent) = next.and_then(|account| account.parent_id) {
        if parent == above {
            return Ok(true);
        }
        next = store.accounts().find(&parent).await?;
    }
    Ok(false)
}

impl Accounts {
    /// Whether the policy allows accounts below this one.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn may_have_sub_accounts(&self, id: &str) -> Result<bool, Error> {
        let store = &self.context.store;
        let (mut depth, mut next) = (0, store.accounts().find(id).await?);
        while let Some(account) = next {
            depth += 1;
            next = match account.parent_id {
                Some(parent) => store.accounts().find(&parent).await?,
                None => None,
            };
        }
        Ok(self.context.policy.check_depth(depth).is_ok())
    }

    /// [`Error::Invalid`] unless the policy allows an account below `parent`.
    pub(super) async fn check_depth(&self, tx: &mut Tx, parent: &str) -> Result<(), Error> {
        let mut depth = 0;
        let mut next = Some(parent.to_owned());
        while let Some(id) = next.take() {
            let Some(account) = tx.accounts().find(&id).await? else {
                return Err(invalid("parent", format!("There is no account {id}.")));
            };
            depth += 1;
            next = account.parent_id;
        }
        self.context.policy.check_depth(depth).map_err(|rule| invalid("parent", rule))
    }
}
