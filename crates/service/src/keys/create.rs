//! Creating a key for a program, over the management interface: no sheet to print, and a repeat makes nothing new.

use super::repeat::Repeat;
use crate::access::Actor;
use crate::error::Error;
use crate::keyhatch::Keyhatch;
use domain::form::{CheckContext, KeyDraft, KeyForm};
use domain::views::KeyView;
use secrecy::SecretString;
use store::AccountRow;

/// What a creation answers.
pub struct Created {
    /// The key.
    pub key: KeyView,
    /// The whole key; `None` if this was a repeat, which reveals nothing again.
    pub secret: Option<SecretString>,
}

impl Keyhatch {
    /// Creates a key of `account_id`.
    ///
    /// # Errors
    /// As [`Self::issue_key`]; also [`Error::RepeatDiffers`] if the asker used the name of `repeat` for something else,
    /// and [`Error::NotFound`] for a repeat whose key was deleted meanwhile.
    pub async fn create_key(
        &self,
        actor: &Actor,
        account_id: &str,
        form: &KeyForm,
        repeat: Option<Repeat>,
    ) -> Result<Created, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = form
            .check(self.policy(), self.catalogue(), CheckContext { now: self.now(), expires_at: None })
            .map_err(Error::Invalid)?;
        actor.may_give(&draft.privileges, None)?;
        actor.may_make_in(draft.environment)?;
        let account = self.store().accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let (this, actor) = (self.clone(), actor.clone());
        self.finish(async move { this.create_once(&actor, &account, &draft, repeat).await }).await
    }

    async fn create_once(
        &self,
        actor: &Actor,
        account: &AccountRow,
        draft: &KeyDraft,
        repeat: Option<Repeat>,
    ) -> Result<Created, Error> {
        let (order, secret) = self.order(actor, account, draft, repeat);
        let (row, is_new) = self.make(order).await?;
        Ok(Created { key: self.view(row), secret: is_new.then_some(secret.value) })
    }
}
