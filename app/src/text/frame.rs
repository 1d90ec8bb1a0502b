//! The frame around every page: top bar, menus, banners.

/// Link to the main content, for keyboards.
pub const SKIP_TO_CONTENT: &str = "Skip to content";
/// Menu item, and name of the side menu.
pub const SETTINGS: &str = "Settings";
/// Menu item that ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// Name of the list of accounts.
pub const ACCOUNTS: &str = "Accounts";

/// Side menu group of credentials for programs.
pub const CONNECTIONS: &str = "Connections";
/// Link to the list of keys.
pub const API_KEYS: &str = "API Keys";
/// Side menu group of the account.
pub const ACCOUNT: &str = "Account";
/// Link to the sub-accounts.
pub const SUB_ACCOUNTS: &str = "Sub-accounts";
/// Link to the members.
pub const MEMBERS: &str = "Members";
/// Link to the audit log.
pub const ACTIVITY: &str = "Activity";
/// Link to the member's own security settings.
pub const SECURITY: &str = "Security";

/// Heading of a page whose data cannot be read.
pub const PAGE_UNAVAILABLE: &str = "This page cannot be shown";
/// Link that loads the page again.
pub const TRY_AGAIN: &str = "Try again";

/// Heading of the 404 page.
pub const NOT_FOUND: &str = "Page not found";
/// What may be wrong.
pub const NOT_FOUND_ADVICE: &str = "The address may be mistyped, or the page has moved.";
/// Link to the list of keys.
pub const GO_TO_KEYS: &str = "Go to API Keys";

/// The document's title.
pub fn document_title(page: &str, product: &str) -> String {
    format!("{page} · {product}")
}

/// What search engines and shared links show of the console.
pub fn description(product: &str) -> String {
    format!("{product}: create, restrict, rotate and delete the API keys of your account.")
}

/// Name of the button that opens the list of accounts.
pub fn account_button(name: &str) -> String {
    format!("Account: {name}")
}

/// Banner while a sub-account is open.
pub fn is_sub_account(of: &str) -> String {
    format!("This is a sub-account of {of}.")
}

/// Button of that banner.
pub fn back_to_account(name: &str) -> String {
    format!("Back to {name}")
}
