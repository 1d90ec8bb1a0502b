//! The notice on every settings page for a member who lacks the two-factor codes that the account will require. What
//! happens once they are required is decided by the console's session layer.

use crate::text::two_factor as text;
use domain::time::date_utc;
use leptos::prelude::*;

/// The notice; nothing for a member who lacks nothing.
#[component]
pub fn TwoFactorNotice() -> impl IntoView {
    let viewer = crate::context::visitor().ok().and_then(|visitor| visitor.viewer.ok());
    let now = crate::context::app_state().map_or(i64::MAX, |state| state.keyhatch.now());
    viewer.and_then(|viewer| viewer.two_factor_due_at).filter(|due| *due > now).map(|due| {
        view! {
            <p class="note warn due" role="note">
                {text::notice(date_utc(due))} " " <a href="/settings/security#two-factor">{text::set_up_now()}</a>
            </p>
        }
    })
}
