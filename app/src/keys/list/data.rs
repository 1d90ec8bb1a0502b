//! The data of the list, which all its parts read.

use crate::keys::url::KeyQuery;
use domain::policy::Policy;
use domain::time::Millis;
use domain::views::KeyPage;

/// What the list shows, and how.
#[derive(Clone)]
pub struct KeyListData {
    /// The keys of this page, and how many there are.
    pub page: KeyPage,
    /// What was asked for.
    pub query: KeyQuery,
    /// When the keys were loaded; ages are relative to it.
    pub now: Millis,
    /// The operator's policy.
    pub policy: Policy,
    /// The id of the account that is shown. The forms send it back.
    pub account: String,
    /// Whether the member may create, update and delete keys.
    pub may_manage: bool,
    /// The ids of the keys that the last act changed. They are marked, and the first gets the focus.
    pub changed: Vec<String>,
    /// The ids of the keys that are selected.
    pub selected: Vec<String>,
}
