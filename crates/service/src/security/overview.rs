//! What a member's security settings show.

use super::Security;
use crate::actor::Viewer;
use crate::error::Error;
use domain::time::Millis;

/// How a member signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityView {
    /// Since when two-factor codes are enabled, in epoch milliseconds; `None` if they are not.
    pub two_factor_since: Option<Millis>,
    /// The number of unused recovery codes.
    pub recovery_codes: usize,
    /// Whether the account requires two-factor codes by now.
    pub is_required: bool,
}

impl Security {
    /// How the viewer signs in.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn overview(&self, viewer: &Viewer) -> Result<SecurityView, Error> {
        let store = &self.context.store;
        let factor = store.two_factor().find(&viewer.member_id).await?;
        let left = store.two_factor().count_recovery_codes(&viewer.member_id).await?;
        let required_from =
            store.accounts().two_factor_required_from(&viewer.account_id).await?.ok_or(Error::NotFound)?;
        Ok(SecurityView {
            two_factor_since: factor.and_then(|factor| factor.confirmed_at),
            recovery_codes: usize::try_from(left).unwrap_or_default(),
            is_required: required_from.is_some_and(|from| from <= self.context.now()),
        })
    }
}
