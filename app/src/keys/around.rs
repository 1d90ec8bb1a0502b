//! What every slider and dialog above the list knows, whichever key it is about.

use super::place::Navigator;
use domain::policy::Policy;
use domain::time::Millis;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Around {
    /// What the person may choose and how much of it.
    pub(super) policy: StoredValue<Policy>,
    /// Where the person's browser calls from.
    pub(super) my_address: StoredValue<Option<String>>,
    /// When the list was shown.
    pub(super) now: StoredValue<Millis>,
    /// Whether the person may add, change and delete keys.
    pub(super) may_manage: bool,
    /// Whether the page is awake. Until then a click would be lost.
    pub(super) awake: Signal<bool>,
    /// The way back.
    pub(super) navigator: Navigator,
}
