//! The menu on the member's email: settings and sign-out. A native popover with a link and a plain form, so it needs no
//! script.

use crate::text::frame as text;
use leptos::prelude::*;

/// The button with the email, and its menu.
#[component]
pub fn ProfileMenu(
    /// The email of the signed-in member.
    email: String,
) -> impl IntoView {
    let initials: String = email.chars().take(1).collect();
    view! {
        <button
            class="who"
            id="profile-menu-button"
            type="button"
            popovertarget="profile-menu"
            aria-haspopup="menu"
            aria-label=email.clone()
        >
            <span class="initials" aria-hidden="true" data-initials=initials></span>
            <span class="email">{email.clone()}</span>
        </button>
        <div class="menu" id="profile-menu" popover="auto" role="menu" aria-label=email>
            <a class="menu-item" role="menuitem" href="/settings/api-keys">{text::settings()}</a>
            <form method="post" action="/sign-out" role="none">
                <button class="menu-item" type="submit" name="do" value="sign-out" role="menuitem">{text::sign_out()}</button>
            </form>
        </div>
    }
}
