//! Choosing the language of one's own console.

use super::Security;
use crate::actor::Viewer;
use crate::error::Error;
use i18n::Locale;

impl Security {
    /// Sets the viewer's language; `None` for that of the browser. Applies to their other sessions as well.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn update_language(&self, viewer: &Viewer, language: Option<Locale>) -> Result<(), Error> {
        let mut tx = self.context.store.begin().await?;
        tx.members().update_language(&viewer.member_id, language.map(Locale::code)).await?;
        Ok(tx.commit().await?)
    }
}
