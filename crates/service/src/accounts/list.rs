//! Accounts in a list: those below one, and for the operator all of them.

use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::permission::Permission;
use domain::views::{AccountPage, AccountView, Cursor};
use store::AccountSummaryRow;

impl Keyhatch {
    /// One account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or closed one.
    pub async fn find_account(&self, actor: &Actor, id: &str) -> Result<AccountView, Error> {
        actor.may(Permission::SeeAccount, id)?;
        self.store().accounts().find_summary(id).await?.map(view).ok_or(Error::NotFound)
    }

    /// A page of the accounts directly below one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign or closed one.
    pub async fn list_sub_accounts(
        &self,
        actor: &Actor,
        id: &str,
        after: Option<&Cursor>,
    ) -> Result<AccountPage, Error> {
        actor.may(Permission::SeeAccount, id)?;
        self.store().accounts().find(id).await?.ok_or(Error::NotFound)?;
        self.account_page(Some(id), after).await
    }

    /// A page of all accounts, for the operator.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody else.
    pub async fn list_accounts(&self, actor: &Actor, after: Option<&Cursor>) -> Result<AccountPage, Error> {
        actor.may_operate()?;
        self.account_page(None, after).await
    }

    async fn account_page(&self, parent: Option<&str>, after: Option<&Cursor>) -> Result<AccountPage, Error> {
        let size = self.policy().page_size;
        let after = after.map(|cursor| (cursor.created_at, cursor.id.as_str()));
        // One more than a page tells whether there is another.
        let one_more = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
        let mut rows = self.store().accounts().list(parent, after, one_more).await?;
        let has_more = rows.len() > size;
        rows.truncate(size);
        let next =
            rows.last().filter(|_| has_more).map(|row| Cursor { created_at: row.created_at, id: row.id.clone() });
        Ok(AccountPage { accounts: rows.into_iter().map(view).collect(), next })
    }
}

fn view(row: AccountSummaryRow) -> AccountView {
    AccountView {
        id: row.id,
        parent: row.parent_id,
        name: row.name,
        created_at: row.created_at,
        keys: usize::try_from(row.keys).unwrap_or(0),
    }
}
