//! The frame of the settings: the product's name, the member's menu, the side menu.

use crate::components::{menu, submit};
use crate::dom::{Element, el};
use crate::wire::initial_state;
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
pub fn SettingsLayout(product: String, email: String, children: Children) -> impl IntoView {
    provide_context(ProfileMenuInitialState { email });
    let shown = shown();
    let account = shown.as_ref().map(|shown| shown.id.clone());
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="top">
            <ProductName product />
            {shown.as_ref().map(account_name)}
            <span class="space"></span>
            <ProfileMenu />
        </header>
        {shown.and_then(|shown| shown.below).map(|own| view! { <BackTo own /> })}
        <div class="frame">
            <nav class="side" aria-label="Settings">
                <SideGroup id="connections" title="Connections" links=CONNECTIONS />
                <SideGroup id="account" title="Account" links=ACCOUNT />
            </nav>
            <main id="main" tabindex="-1" data-account=account>{children()}</main>
        </div>
    }
}

/// The account that the page shows.
struct ShownAccount {
    id: String,
    name: String,
    /// Id and name of those that can be shown instead, this one among them; empty if there is no choice.
    choice: Vec<(String, String)>,
    /// The member's own account, id and name, if this is one below it.
    below: Option<(String, String)>,
}

#[cfg(feature = "ssr")]
fn shown() -> Option<ShownAccount> {
    let visitor = crate::context::visitor().ok()?;
    let choice = visitor.accounts.into_iter().map(|account| (account.id, account.name)).collect();
    let viewer = visitor.viewer.ok()?;
    let below = viewer.open.is_some().then(|| (viewer.account_id.clone(), viewer.account_name.clone()));
    Some(ShownAccount {
        id: viewer.shown_account().to_owned(),
        name: viewer.shown_account_name().to_owned(),
        choice,
        below,
    })
}

#[cfg(not(feature = "ssr"))]
fn shown() -> Option<ShownAccount> {
    None
}

/// The account's name; where there is a choice, it opens a list of accounts. The browser does that by itself.
fn account_name(shown: &ShownAccount) -> impl IntoView + use<> {
    let ShownAccount { id, name, choice, .. } = shown;
    if choice.is_empty() {
        return view! { <span class="account-name">{name.clone()}</span> }.into_any();
    }
    let choices = choice.iter().map(|(own, name)| {
        let current = (own == id).then_some("true");
        view! {
            <button class="menu-item" type="submit" name="id" value=own.clone() aria-current=current>{name.clone()}</button>
        }
    });
    view! {
        <button class="account-name" type="button" popovertarget="accounts" aria-label=format!("Account: {name}")>
            <span>{name.clone()}</span>
        </button>
        <div class="menu accounts" id="accounts" popover="auto" role="group" aria-label="Accounts">
            <form method="post" action="/settings/sub-accounts">
                <input type="hidden" name="do" value="open" />
                {choices.collect_view()}
            </form>
        </div>
    }
    .into_any()
}

/// Says that a sub-account is open, and leads back to the member's own account.
#[component]
fn BackTo(own: (String, String)) -> impl IntoView {
    let (id, name) = own;
    view! {
        <form class="below" method="post" action="/settings/sub-accounts">
            <p>{format!("This is a sub-account of {name}.")}</p>
            <input type="hidden" name="id" value=id />
            <button class="button" type="submit" name="do" value="open">{format!("Back to {name}")}</button>
        </form>
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
pub fn ProductName(product: String) -> impl IntoView {
    view! { <span class="mark"><span class="sign" aria-hidden="true"></span>{product}</span> }
}

/// Who is signed in.
#[derive(Clone, Serialize)]
pub struct ProfileMenuInitialState {
    /// By this name.
    pub email: String,
}

/// The menu behind the member's email: the way to the settings, and out.
#[island]
fn ProfileMenu() -> impl IntoView {
    let (ProfileMenuInitialState { email }, text) = initial_state("member");
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
    let root = el("div").attr("id", "member").attr("data-initial-state", text);
    root.class("contents").children(menu("profile-menu", &email, "who", face, items))
}
