//! Listing accounts: those below one, and for the operator all of them.

use super::Accounts;
use crate::actor::Actor;
use crate::error::Error;
use domain::permission::Permission;
use domain::views::{AccountPage, AccountView, Cursor};
use store::AccountSummaryRow;

impl Accounts {
    /// One account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or deleted account.
    pub async fn find(&self, actor: &Actor, id: &str) -> Result<AccountView, Error> {
        actor.may(Permission::SeeAccount, id)?;
        self.context.store.accounts().find_summary(id).await?.map(account_view).ok_or(Error::NotFound)
    }

    /// A page of the accounts directly below one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or deleted account.
    pub async fn list_sub_accounts(
        &self,
        actor: &Actor,
        id: &str,
        after: Option<&Cursor>,
    ) -> Result<AccountPage, Error> {
        actor.may(Permission::SeeAccount, id)?;
        self.context.store.accounts().find(id).await?.ok_or(Error::NotFound)?;
        self.page(Some(id), after).await
    }

    /// A page of all accounts, for the operator.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for every other actor.
    pub async fn list(&self, actor: &Actor, after: Option<&Cursor>) -> Result<AccountPage, Error> {
        actor.may_operate()?;
        self.page(None, after).await
    }

    async fn page(&self, parent: Option<&str>, after: Option<&Cursor>) -> Result<AccountPage, Error> {
        let size = self.context.policy.page_size;
        let after = after.map(|cursor| (cursor.created_at, cursor.id.as_str()));
        // One extra row shows whether there is a next page.
        let one_more = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
        let mut rows = self.context.store.accounts().list(parent, after, one_more).await?;
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next =
            rows.last().filter(|_| has_more).map(|row| Cursor { created_at: row.created_at, id: row.id.clone() });
        Ok(AccountPage { accounts: rows.into_iter().map(account_view).collect(), next })
    }
}

fn account_view(row: AccountSummaryRow) -> AccountView {
    AccountView {
        id: row.id,
        parent: row.parent_id,
        name: row.name,
        created_at: row.created_at,
        keys: usize::try_from(row.keys).unwrap_or(0),
    }
}
