//! The side menu of the settings, in groups.

use crate::text::Text;
use crate::text::frame as text;
use leptos::prelude::*;

/// Path and label of each link.
type Links = &'static [(&'static str, Text)];

/// Credentials for programs.
const CONNECTIONS_LINKS: Links = &[("/settings/api-keys", text::api_keys)];
/// The account itself.
const ACCOUNT_LINKS: Links = &[
    ("/settings/sub-accounts", text::sub_accounts),
    ("/settings/members", text::members),
    ("/settings/activity", text::activity),
    ("/settings/security", text::security),
];

/// All groups of the menu.
#[component]
pub fn SideMenu() -> impl IntoView {
    view! {
        <nav class="side" aria-label=text::settings()>
            <SideMenuGroup id="connections" title=text::connections() links=CONNECTIONS_LINKS />
            <SideMenuGroup id="account" title=text::account() links=ACCOUNT_LINKS />
        </nav>
    }
}

/// A group of the menu. The link of the current page is marked, also on pages below it.
#[component]
fn SideMenuGroup(id: &'static str, title: &'static str, links: Links) -> impl IntoView {
    let here = leptos_router::hooks::use_location().pathname.get_untracked();
    let is_here = |path: &str| here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let link = |(path, label): &(&'static str, Text)| {
        let current = is_here(path).then_some("page");
        view! { <li><a href=*path aria-current=current>{label()}</a></li> }
    };
    let links: Vec<_> = links.iter().map(link).collect();
    view! {
        <div role="group" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul>{links}</ul>
        </div>
    }
}
