//! Opening a sub-account in a session, and coming back to the own account. What is shown and changed afterwards belongs
//! to the open one; each use case checks that again.

use crate::access::{Actor, OpenAccount, Viewer};
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::permission::Permission;

/// Sub-accounts that are offered beside the own account; all of them are on the page Sub-accounts.
const OFFERED: i64 = 12;

impl Keyhatch {
    /// What the viewer can switch to: the own account, the one that is open, and the newest ones below the own one. None if
    /// there is nothing to choose.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn offer_accounts(&self, viewer: &Viewer) -> Result<Vec<OpenAccount>, Error> {
        if !viewer.has_sub_accounts {
            return Ok(Vec::new());
        }
        let own = OpenAccount { id: viewer.account_id.clone(), name: viewer.account_name.clone() };
        let newest = self.store().accounts().list_newest_children(&viewer.account_id, OFFERED).await?;
        let newest = newest.into_iter().map(|row| OpenAccount { id: row.id, name: row.name });
        let open = viewer.open.clone().into_iter();
        let below = newest.filter(|one| viewer.open.as_ref().is_none_or(|open| open.id != one.id));
        Ok([own].into_iter().chain(open).chain(below).collect())
    }

    /// Opens `id`, which must be the viewer's own account, one directly below the account that is shown, or one above
    /// it as far up as the own account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for any other, or for a viewer, who sees the own account only.
    pub async fn open_account(&self, viewer: &Viewer, id: &str) -> Result<(), Error> {
        let own = viewer.account_id.as_str();
        if id != own {
            Actor::Member(viewer.clone()).may(Permission::ManageSubAccounts, own).map_err(|_| Error::NotFound)?;
            if !self.is_below(id, own).await? {
                return Err(Error::NotFound);
            }
        }
        let mut tx = self.store().begin().await?;
        if !tx.sessions().update_open_account(&viewer.session, Some(id).filter(|id| *id != own)).await? {
            return Err(Error::Unauthenticated);
        }
        Ok(tx.commit().await?)
    }

    /// Whether `id` is below `above`, at whatever depth. Nothing is below a closed account.
    pub(crate) async fn is_below(&self, id: &str, above: &str) -> Result<bool, Error> {
        let mut next = self.store().accounts().find(id).await?;
        while let Some(parent) = next.and_then(|account| account.parent_id) {
            if parent == above {
                return Ok(true);
            }
            next = self.store().accounts().find(&parent).await?;
        }
        Ok(false)
    }
}
