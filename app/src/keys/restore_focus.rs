//! Gives the focus back to the control that opened a dialog, on the page that follows it.

use crate::browser;
use leptos::prelude::*;

/// Nothing visible.
#[island]
pub fn RestoreFocus() -> impl IntoView {
    Effect::new(|_| browser::restore_focus());
}
