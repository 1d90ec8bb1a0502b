//! `/settings/sub-accounts`: the sub-accounts of the open account: open, create, rename and delete.

mod add;
mod dialogs;
mod list;

use crate::context::{Visitor, app_state};
use crate::forms::{SettingsPage, SuccessNote};
use crate::pages::query;
use add::AddSubAccountForm;
use dialogs::SubAccountDialog;
use domain::member::Role;
use domain::views::AccountPage;
use leptos::prelude::*;
use list::SubAccountTable;
use service::actor::{Actor, Viewer};

/// Path of the page.
pub const PATH: &str = "/settings/sub-accounts";

const DONE: &[(&str, &str)] = &[
    ("created", "The sub-account was created. It has no keys yet: open it and add one."),
    ("updated", "The sub-account was renamed."),
    ("deleted", "The sub-account was deleted. Its keys no longer work, and its members are signed out."),
];

/// The page, in the settings layout.
#[component]
pub fn SubAccountsPage() -> impl IntoView {
    view! { <SettingsPage title="Sub-accounts" path=PATH load render /> }
}

struct SubAccountsPageData {
    page: AccountPage,
    may_add: bool,
}

async fn load(_: Visitor, viewer: Viewer) -> Result<SubAccountsPageData, crate::AppError> {
    let keyhatch = app_state()?.keyhatch;
    let account = viewer.shown_account().to_owned();
    let after = query("after").and_then(|after| after.parse().ok());
    let actor = Actor::Member(viewer);
    let page = keyhatch.accounts().list_sub_accounts(&actor, &account, after.as_ref()).await?;
    let may_add = keyhatch.accounts().may_have_sub_accounts(&account).await?;
    Ok(SubAccountsPageData { page, may_add })
}

#[expect(clippy::needless_pass_by_value, reason = "as `SettingsPage` renders every page")]
fn render(viewer: Viewer, SubAccountsPageData { page, may_add }: SubAccountsPageData) -> impl IntoView {
    let dialog = SubAccountDialog::from_request(&page);
    let has_dialog = dialog.is_some();
    let may_manage = viewer.role != Role::Viewer;
    let name = viewer.shown_account_name().to_owned();
    view! {
        <div class="pile" inert=has_dialog>
            <div class="page-head">
                <div>
                    <h1>"Sub-accounts"</h1>
                    <p>{format!("Accounts below {name}, each with its own keys and members. They cannot see {name} or each other.")}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            <SubAccountTable page may_manage may_add />
            {(may_manage && may_add).then(|| view! { <AddSubAccountForm /> })}
        </div>
        {dialog.map(SubAccountDialog::view)}
    }
}
