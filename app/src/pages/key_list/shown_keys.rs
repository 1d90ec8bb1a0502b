//! The keys of the account that the page shows, as this member may see them.

use crate::AppError;
use domain::views::KeyView;
use service::Keyhatch;
use service::actor::Actor;

/// The keys of the shown account, as this member may see them.
#[derive(Clone, Copy)]
pub(super) struct ShownKeys<'a> {
    pub(super) keyhatch: &'a Keyhatch,
    pub(super) actor: &'a Actor,
    pub(super) account: &'a str,
}

impl ShownKeys<'_> {
    /// A key that is not deleted.
    pub(super) async fn find(&self, id: &str) -> Result<KeyView, AppError> {
        Ok(self.keyhatch.keys().find(self.actor, self.account, id).await?)
    }

    /// A key, deleted or not.
    pub(super) async fn find_including_deleted(&self, id: &str) -> Option<KeyView> {
        self.keyhatch.keys().find_including_deleted(self.actor, self.account, id).await.ok()
    }
}
