//! The frame of the settings: the product's name, the member's menu, the side menu.

use crate::dom::{Element, el};
use crate::parts::{menu, submit};
use crate::wire::start;
use leptos::prelude::*;
use serde::Serialize;

/// Everything around a page of the settings.
#[component]
pub fn Frame(product: String, email: String, children: Children) -> impl IntoView {
    provide_context(Member { email });
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="top">
            <Mark product />
            <span class="space"></span>
            <ProfileMenu />
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

/// Who is signed in.
#[derive(Clone, Serialize)]
pub struct Member {
    /// By this name.
    pub email: String,
}

/// The menu behind the member's email: the way to the settings, and out.
#[island]
fn ProfileMenu() -> impl IntoView {
    let (Member { email }, text) = start("member");
    let initials: String = email.chars().take(1).collect();
    let face = vec![
        el("span").class("initials").attr("aria-hidden", "true").attr("data-initials", initials),
        el("span").class("email").child(email.clone()),
    ];
    let item = |element: Element| element.attr("role", "menuitem").attr("tabindex", "-1");
    let items = vec![
        item(el("a").class("menu-item").attr("href", "/settings/api-keys")).child("Settings"),
        el("form")
            .attr("method", "post")
            .attr("action", "/api/console/sign-out")
            .attr("role", "none")
            .child(item(submit("menu-item")).child("Sign out")),
    ];
    let root = el("div").attr("id", "member").attr("data-start", text);
    root.class("contents").children(menu("profile-menu", &email, "who", face, items))
}
