//! `/settings/sub-accounts`: the sub-accounts of the open account: open, create, rename and delete.

mod add;
mod dialogs;
mod list;

use crate::context::{Visitor, app_state};
use crate::forms::{SettingsPage, SuccessNote};
use crate::pages::query;
use crate::text::Text;
use crate::text::sub_accounts as text;
use add::AddSubAccountForm;
use dialogs::SubAccountDialog;
use domain::member::Role;
use domain::views::AccountPage;
use leptos::prelude::*;
use list::SubAccountTable;
use service::actor::{Actor, Viewer};

/// Path of the page.
pub const PATH: &str = "/settings/sub-accounts";

const DONE: &[(&str, Text)] = &[("created", text::created), ("updated", text::renamed), ("deleted", text::deleted)];

/// The page, in the settings layout.
#[component]
pub fn SubAccountsPage() -> impl IntoView {
    view! { <SettingsPage title=text::title() path=PATH load render dialog /> }
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

fn dialog(_: &Viewer, shown: &SubAccountsPageData) -> Option<AnyView> {
    SubAccountDialog::from_request(&shown.page).map(SubAccountDialog::view)
}

#[expect(clippy::needless_pass_by_value, reason = "as `SettingsPage` renders every page")]
fn render(viewer: Viewer, SubAccountsPageData { page, may_add }: SubAccountsPageData) -> impl IntoView {
    let may_manage = viewer.role != Role::Viewer;
    let name = viewer.shown_account_name().to_owned();
    view! {
        <div class="pile">
            <div class="page-head">
                <div>
                    <h1>{text::title()}</h1>
                    <p>{text::lead(&name)}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            <SubAccountTable page may_manage may_add />
            {(may_manage && may_add).then(|| view! { <AddSubAccountForm /> })}
        </div>
    }
}
