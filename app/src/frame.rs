//! The frame of the settings: the product's name, the member's menu, the side menu.

use crate::dom::{Element, el};
use crate::parts::{menu, submit};
use crate::wire::start;
use leptos::prelude::*;
use serde::Serialize;

/// Pages about what programs use.
const CONNECTIONS: &[(&str, &str)] = &[("/settings/api-keys", "API Keys")];
/// Pages about people.
const ACCOUNT: &[(&str, &str)] = &[
    ("/settings/sub-accounts", "Sub-accounts"),
    ("/settings/members", "Members"),
    ("/settings/activity", "Activity"),
    ("/settings/security", "Security"),
];

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
                <SideGroup id="connections" title="Connections" links=CONNECTIONS />
                <SideGroup id="account" title="Account" links=ACCOUNT />
            </nav>
            <main id="main" tabindex="-1">{children()}</main>
        </div>
    }
}

/// A part of the side menu. The page that is open is marked, also while something below it is.
#[component]
fn SideGroup(id: &'static str, title: &'static str, links: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let here = leptos_router::hooks::use_location().pathname.get_untracked();
    let is_here = |path: &str| here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let link = |(path, label): &(&'static str, &'static str)| {
        let current = is_here(path).then_some("page");
        view! { <li><a href=*path aria-current=current>{*label}</a></li> }
    };
    let links: Vec<_> = links.iter().map(link).collect();
    view! {
        <div role="group" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul>{links}</ul>
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
