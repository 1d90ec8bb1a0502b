//! `/settings/sub-accounts`: the accounts below the one that is shown; open, add, rename and close them.

mod add;
mod list;
mod questions;

use crate::context::{Visitor, console};
use crate::forms::{SettingsPage, SuccessNote};
use crate::pages::query;
use add::Add;
use domain::listing::AccountPage;
use domain::member::Role;
use leptos::prelude::*;
use list::SubAccounts;
use questions::Question;
use service::access::{Actor, Viewer};

/// Where the page is.
pub const PATH: &str = "/settings/sub-accounts";

const DONE: &[(&str, &str)] = &[
    ("added", "The sub-account is there. It has no key yet: open it and add one."),
    ("renamed", "The sub-account has its new name."),
    ("closed", "The sub-account is closed. Its keys let nothing in any more, and its members are signed out."),
];

/// The page.
#[component]
pub fn SubAccountsPage() -> impl IntoView {
    view! { <SettingsPage title="Sub-accounts" path=PATH load render /> }
}

struct Loaded {
    page: AccountPage,
    may_add: bool,
}

async fn load(_: Visitor, viewer: Viewer) -> Result<Loaded, crate::Problem> {
    let keyhatch = console()?.keyhatch;
    let account = viewer.shown_account().to_owned();
    let after = query("after").and_then(|after| after.parse().ok());
    let actor = Actor::Member(viewer);
    let page = keyhatch.list_sub_accounts(&actor, &account, after.as_ref()).await?;
    let may_add = keyhatch.may_have_sub_accounts(&account).await?;
    Ok(Loaded { page, may_add })
}

#[expect(clippy::needless_pass_by_value, reason = "as `SettingsPage` renders every page")]
fn render(viewer: Viewer, Loaded { page, may_add }: Loaded) -> impl IntoView {
    let question = Question::asked(&page);
    let is_asked = question.is_some();
    let may_manage = viewer.role != Role::Viewer;
    let name = viewer.shown_account_name().to_owned();
    view! {
        <div class="pile" inert=is_asked>
            <div class="page-head">
                <div>
                    <h1>"Sub-accounts"</h1>
                    <p>{format!("Accounts below {name}, each with keys and members of its own. They see nothing of {name} or of each other.")}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            <SubAccounts page may_manage may_add />
            {(may_manage && may_add).then(|| view! { <Add /> })}
        </div>
        {question.map(Question::view)}
    }
}
