//! Switching a session to a sub-account and back to the own account. Pages then show and change the open account; each
//! use case authorizes that itself.

use super::{Accounts, is_below};
use crate::actor::{Actor, OpenAccount, Viewer};
use crate::error::Error;
use domain::permission::Permission;

/// The number of sub-accounts in the switcher; the page Sub-accounts lists all of them.
const SWITCHABLE: i64 = 12;

impl Accounts {
    /// The accounts in the viewer's switcher: the own account, the open one, and the newest ones below the own. Empty if
    /// there is nothing to switch to.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn list_switchable(&self, viewer: &Viewer) -> Result<Vec<OpenAccount>, Error> {
        if !viewer.has_sub_accounts {
            return Ok(Vec::new());
        }
        let own = OpenAccount { id: viewer.account_id.clone(), name: viewer.account_name.clone() };
        let newest = self.context.store.accounts().list_newest_children(&viewer.account_id, SWITCHABLE).await?;
        let newest = newest.into_iter().map(|row| OpenAccount { id: row.id, name: row.name });
        let open = viewer.open.clone().into_iter();
        let below = newest.filter(|one| viewer.open.as_ref().is_none_or(|open| open.id != one.id));
        Ok([own].into_iter().chain(open).chain(below).collect())
    }

    /// Opens an account in the viewer's session: the own account, or any account below it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for every other account, and for members with the role viewer, who see the own account only.
    pub async fn open(&self, viewer: &Viewer, id: &str) -> Result<(), Error> {
        let own = viewer.account_id.as_str();
        if id != own {
            Actor::Member(viewer.clone()).may(Permission::ManageSubAccounts, own).map_err(|_| Error::NotFound)?;
            if !is_below(&self.context.store, id, own).await? {
                return Err(Error::NotFound);
            }
        }
        let mut tx = self.context.store.begin().await?;
        if !tx.sessions().update_open_account(&viewer.session, Some(id).filter(|id| *id != own)).await? {
            return Err(Error::Unauthenticated);
        }
        Ok(tx.commit().await?)
    }
}
