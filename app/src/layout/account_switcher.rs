//! Which account is shown, and switching to another one. A native popover and a plain form, so it needs no script.

use super::shown_account::ShownAccount;
use crate::text::frame as text;
use leptos::prelude::*;

/// The page whose form opens an account.
const OPEN_ACCOUNT: &str = "/settings/sub-accounts";

/// The account's name, as a button that opens the list of accounts if there are several.
#[component]
pub fn AccountSwitcher(shown: ShownAccount) -> impl IntoView {
    let ShownAccount { id: shown_id, name, switchable, .. } = shown;
    if switchable.is_empty() {
        return view! { <span class="account-name">{name}</span> }.into_any();
    }
    let choices = switchable.into_iter().map(|(id, name)| {
        let current = (id == shown_id).then_some("true");
        view! { <button class="menu-item" type="submit" name="id" value=id aria-current=current>{name}</button> }
    });
    view! {
        <button class="account-name" type="button" popovertarget="accounts" aria-label=text::account_button(&name)>
            <span>{name.clone()}</span>
        </button>
        <div class="menu accounts" id="accounts" popover="auto" role="group" aria-label=text::accounts()>
            <form method="post" action=OPEN_ACCOUNT>
                <input type="hidden" name="do" value="open" />
                {choices.collect_view()}
            </form>
        </div>
    }
    .into_any()
}

/// Shown while a sub-account is open, with a button back to the member's own account.
#[component]
pub fn SubAccountBanner(
    /// Id and name of the member's own account.
    own: (String, String),
) -> impl IntoView {
    let (id, name) = own;
    view! {
        <form class="below" method="post" action=OPEN_ACCOUNT>
            <p>{text::is_sub_account(&name)}</p>
            <input type="hidden" name="id" value=id />
            <button class="button" type="submit" name="do" value="open">{text::back_to_account(&name)}</button>
        </form>
    }
}
