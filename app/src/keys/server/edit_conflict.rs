//! The answer to an update of a key that another member updated meanwhile (optimistic locking), if both changed the same
//! field. What only one side changed is merged by `domain::merge`. The texts are composed on the server; the browser
//! only shows them.

use serde::{Deserialize, Serialize};

/// Fields that both sides changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditConflict {
    /// One sentence: who updated the key and when.
    pub summary: String,
    /// One sentence for each field in conflict.
    pub differences: Vec<String>,
}

#[cfg(feature = "ssr")]
impl EditConflict {
    pub(super) fn new(
        key: &domain::views::KeyView,
        conflicts: &[domain::merge::MergeConflict],
        now: domain::time::Millis,
    ) -> Self {
        use crate::text::editor as text;

        Self {
            summary: text::conflict(&key.updated_by, key.updated_at, now),
            differences: conflicts.iter().map(text::difference).collect(),
        }
    }
}
