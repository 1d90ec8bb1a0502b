//! Disabling and enabling a key, and noting who changed what is not in its row.

use super::KeyTouch;
use crate::statements::{statements, write};
use crate::{Result, Tx};

statements! {
    ENABLE = "UPDATE keys SET enabled = $6, updated_at = $3, updated_by = $4, generation = $5 \
              WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL AND enabled <> $6 RETURNING id";
    TOUCH = "UPDATE keys SET updated_at = $3, updated_by = $4, generation = $5 \
             WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id";
}

impl Tx {
    /// Disables or enables a key. Whether the account has such a key, not deleted, that was the other.
    pub async fn enable_key(&mut self, touch: &KeyTouch<'_>, enabled: bool) -> Result<bool> {
        let changed: Option<String> = write!(self, db => sqlx::query_scalar(ENABLE)
            .bind(touch.account_id)
            .bind(touch.id)
            .bind(touch.updated_at)
            .bind(touch.updated_by)
            .bind(touch.generation)
            .bind(enabled)
            .fetch_optional(db))?;
        Ok(changed.is_some())
    }

    /// Notes a change of what belongs to a key. Whether the account has such a key, not deleted.
    pub async fn touch_key(&mut self, touch: &KeyTouch<'_>) -> Result<bool> {
        let touched: Option<String> = write!(self, db => sqlx::query_scalar(TOUCH)
            .bind(touch.account_id)
            .bind(touch.id)
            .bind(touch.updated_at)
            .bind(touch.updated_by)
            .bind(touch.generation)
            .fetch_optional(db))?;
        Ok(touched.is_some())
    }
}
