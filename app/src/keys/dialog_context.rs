//! What every slider and dialog over the list is rendered with. Server only.

use super::FormFields;
use crate::forms::FormOutcome;
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;

/// The page around a dialog.
#[derive(Clone)]
pub struct DialogContext {
    /// The operator's policy: what may be chosen, and the limits.
    pub policy: Policy,
    /// The modules and actions that privileges name.
    pub catalogue: Catalogue,
    /// When the page is rendered.
    pub now: Millis,
    /// The address of the member's browser; empty if unknown.
    pub my_address: String,
    /// The member's email.
    pub email: String,
    /// Whether the member may create, update and delete keys.
    pub may_manage: bool,
    /// The account that the page shows.
    pub account: String,
    /// The page without the dialog.
    pub close: String,
    /// The page with the dialog, to which its form is posted.
    pub url: String,
    /// A new id for a form that creates a key.
    pub form_id: String,
}

/// What was typed into a form with one of these names that was refused, or that was carried through sign-in.
pub(super) fn refused_form(forms: &[&str]) -> Option<(FormFields, FormOutcome)> {
    let outcome = leptos::prelude::use_context::<FormOutcome>()?;
    let is_refused = forms.contains(&outcome.form.as_str());
    is_refused.then(|| (FormFields(outcome.typed.clone()), FormOutcome { problem: outcome.message(), ..outcome }))
}
