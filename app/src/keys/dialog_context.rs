//! What every panel and dialog of the page needs, whichever key it is about.

use super::navigator::Navigator;
use domain::policy::Policy;
use domain::time::Millis;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct DialogContext {
    /// The operator's policy: what may be chosen, and the limits.
    pub(super) policy: StoredValue<Policy>,
    /// The address that the member's browser calls from.
    pub(super) my_address: StoredValue<Option<String>>,
    /// When the list was last loaded or updated.
    pub(super) now: StoredValue<Millis>,
    /// Whether the member may create, update and delete keys.
    pub(super) may_manage: bool,
    /// Whether the page is hydrated. Until then a click would be lost, so controls are disabled.
    pub(super) hydrated: Signal<bool>,
    /// Closes the overlay, or opens another one.
    pub(super) navigator: Navigator,
}
