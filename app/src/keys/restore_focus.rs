//! Gives the focus back to the control that opened a dialog, on the page that follows it. A deleted key has none any more;
//! then *Add Key* gets it.

use crate::browser;
use leptos::prelude::*;

/// Nothing visible.
#[island]
pub fn RestoreFocus() -> impl IntoView {
    Effect::new(|_| browser::restore_focus(&["add-key", "main"]));
}
