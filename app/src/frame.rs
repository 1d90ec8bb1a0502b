//! The frame of the settings: the product's name, the member's menu, the side menu.

use crate::parts::Menu;
use leptos::prelude::*;

/// Everything around a page of the settings.
#[component]
pub fn Frame(product: String, email: String, children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="top">
            <Mark product />
            <span class="space"></span>
            <ProfileMenu email />
        </header>
        <div class="frame">
            <nav class="side" aria-label="Settings">
                <div role="group" aria-labelledby="connections">
                    <h2 id="connections">"Connections"</h2>
                    <ul>
                        <li><a href="/settings/api-keys" aria-current="page">"API Keys"</a></li>
                    </ul>
                </div>
            </nav>
            <main id="main" tabindex="-1">{children()}</main>
        </div>
    }
}

/// The product's name with its sign.
#[component]
pub fn Mark(product: String) -> impl IntoView {
    view! { <span class="mark"><span class="sign" aria-hidden="true"></span>{product}</span> }
}

/// The menu behind the member's email: the way to the settings, and out.
#[island]
fn ProfileMenu(email: String) -> impl IntoView {
    let initials: String = email.chars().take(1).flat_map(char::to_uppercase).collect();
    let button = view! {
        <span class="initials" aria-hidden="true" data-initials=initials></span>
        <span class="email">{email.clone()}</span>
    };
    let items = view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href="/settings/api-keys">"Settings"</a>
        <form method="post" action="/api/console/sign-out" role="none">
            <button class="menu-item" role="menuitem" tabindex="-1" type="submit">"Sign out"</button>
        </form>
    };
    view! {
        <Menu id="profile-menu".to_owned() label=email class="who" button=button.into_any()>{items}</Menu>
    }
}
