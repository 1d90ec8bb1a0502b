//! The layout of settings pages: top bar with account switcher and profile menu, side menu, content.

use crate::components::{menu, submit};
use crate::dom::{Element, el};
use crate::wire::initial_state;
use leptos::prelude::*;
use serde::Serialize;

/// Side menu group of credentials for programs.
const CONNECTIONS_LINKS: &[(&str, &str)] = &[("/settings/api-keys", "API Keys")];
/// Side menu group of the account.
const ACCOUNT_LINKS: &[(&str, &str)] = &[
    ("/settings/sub-accounts", "Sub-accounts"),
    ("/settings/members", "Members"),
    ("/settings/activity", "Activity"),
    ("/settings/security", "Security"),
];

/// Top bar and side menu around a settings page.
#[component]
pub fn SettingsLayout(product: String, email: String, children: Children) -> impl IntoView {
    provide_context(ProfileMenuInitialState { email });
    let shown = shown_account();
    let account = shown.as_ref().map(|shown| shown.id.clone());
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="top">
            <ProductName product />
            {shown.as_ref().map(account_switcher)}
            <span class="space"></span>
            <ProfileMenu />
        </header>
        {shown.and_then(|shown| shown.own_account).map(|own| view! { <SubAccountBanner own /> })}
        <div class="frame">
            <nav class="side" aria-label="Settings">
                <SideMenuGroup id="connections" title="Connections" links=CONNECTIONS_LINKS />
                <SideMenuGroup id="account" title="Account" links=ACCOUNT_LINKS />
            </nav>
            <main id="main" tabindex="-1" data-account=account>{children()}</main>
        </div>
    }
}

/// The account that the page shows.
struct ShownAccount {
    id: String,
    name: String,
    /// Id and name of each account the member can switch to, including this one; empty if there is only one.
    switchable: Vec<(String, String)>,
    /// Id and name of the member's own account while a sub-account is shown.
    own_account: Option<(String, String)>,
}

#[cfg(feature = "ssr")]
fn shown_account() -> Option<ShownAccount> {
    let visitor = crate::context::visitor().ok()?;
    let switchable = visitor.accounts.into_iter().map(|account| (account.id, account.name)).collect();
    let viewer = visitor.viewer.ok()?;
    let own_account = viewer.open.is_some().then(|| (viewer.account_id.clone(), viewer.account_name.clone()));
    Some(ShownAccount {
        id: viewer.shown_account().to_owned(),
        name: viewer.shown_account_name().to_owned(),
        switchable,
        own_account,
    })
}

#[cfg(not(feature = "ssr"))]
fn shown_account() -> Option<ShownAccount> {
    None
}

/// The account's name, as a button that opens the list of accounts if there are several. A native popover, so it works
/// without wasm.
fn account_switcher(shown: &ShownAccount) -> impl IntoView + use<> {
    let ShownAccount { id, name, switchable, .. } = shown;
    if switchable.is_empty() {
        return view! { <span class="account-name">{name.clone()}</span> }.into_any();
    }
    let choices = switchable.iter().map(|(own, name)| {
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

/// Shown while a sub-account is open, with a button back to the member's own account.
#[component]
fn SubAccountBanner(own: (String, String)) -> impl IntoView {
    let (id, name) = own;
    view! {
        <form class="below" method="post" action="/settings/sub-accounts">
            <p>{format!("This is a sub-account of {name}.")}</p>
            <input type="hidden" name="id" value=id />
            <button class="button" type="submit" name="do" value="open">{format!("Back to {name}")}</button>
        </form>
    }
}

/// A group of the side menu. The link of the current page is marked, also on pages below it.
#[component]
fn SideMenuGroup(
    id: &'static str,
    title: &'static str,
    links: &'static [(&'static str, &'static str)],
) -> impl IntoView {
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

/// The product's name and icon.
#[component]
pub fn ProductName(product: String) -> impl IntoView {
    view! { <span class="mark"><span class="sign" aria-hidden="true"></span>{product}</span> }
}

/// Initial state of the profile menu.
#[derive(Clone, Serialize)]
pub struct ProfileMenuInitialState {
    /// Email of the signed-in member.
    pub email: String,
}

/// The menu on the member's email: settings and sign-out.
#[island]
fn ProfileMenu() -> impl IntoView {
    let (ProfileMenuInitialState { email }, text) = initial_state("member");
    let initials: String = email.chars().take(1).collect();
    let button_content = vec![
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
    root.class("contents").children(menu("profile-menu", &email, "who", button_content, items))
}
