//! The layout of settings pages: top bar with account switcher and profile menu, side menu, content, dialog. Rendered by
//! the server alone; what a page shows inside belongs in `pages`.

mod account_switcher;
mod profile_menu;
mod shown_account;
mod side_menu;
mod two_factor_notice;

use crate::components::MenuKeys;
use crate::text::frame as text;
use account_switcher::{AccountSwitcher, SubAccountBanner};
use leptos::prelude::*;
use profile_menu::ProfileMenu;
use shown_account::ShownAccount;
use side_menu::SideMenu;
use two_factor_notice::TwoFactorNotice;

/// Top bar and side menu around a settings page.
#[component]
pub fn SettingsLayout(
    /// The product's name.
    product: String,
    /// The email of the signed-in member.
    email: String,
    /// The open dialog, if the page shows one. Everything else is inert, which keeps the keyboard focus inside it.
    #[prop(optional_no_strip)]
    dialog: Option<AnyView>,
    /// The page's content.
    children: Children,
) -> impl IntoView {
    let shown = ShownAccount::from_request();
    let account = shown.as_ref().map(|shown| shown.id.clone());
    let own_account = shown.as_ref().and_then(|shown| shown.own_account.clone());
    view! {
        <div class="page" inert=dialog.is_some()>
            <a class="skip" href="#main">{text::skip_to_content()}</a>
            <header class="top">
                <div class="top-row">
                    <ProductName product />
                    {shown.map(|shown| view! { <AccountSwitcher shown /> })}
                    <span class="space"></span>
                    <ProfileMenu email />
                </div>
            </header>
            {own_account.map(|own| view! { <SubAccountBanner own /> })}
            <div class="frame">
                <SideMenu />
                <main id="main" tabindex="-1" data-account=account>
                    <TwoFactorNotice />
                    {children()}
                </main>
            </div>
            <MenuKeys />
        </div>
        {dialog}
    }
}

/// The product's name and icon.
#[component]
pub fn ProductName(
    /// The product's name.
    product: String,
) -> impl IntoView {
    view! { <span class="mark"><span class="sign" aria-hidden="true"></span>{product}</span> }
}
