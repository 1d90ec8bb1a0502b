//! Dialogs of the sub-accounts page: rename (`?update=<id>`) and delete (`?delete=<id>`).

use super::PATH;
use crate::components::Emphasis;
use crate::forms::{ConfirmDialog, FormAlert, FormOutcome, PageDialog, SubmitButton, TextField};
use crate::pages::query;
use crate::text::members::cancel;
use crate::text::sub_accounts as text;
use domain::views::{AccountPage, AccountView};
use leptos::prelude::*;

/// The dialog that the URL or a refused form opens, if its account is in the list.
pub struct SubAccountDialog {
    form: &'static str,
    account: AccountView,
}

impl SubAccountDialog {
    pub(super) fn from_request(page: &AccountPage) -> Option<Self> {
        ["update", "delete"].into_iter().find_map(|form| {
            let id =
                Some(FormOutcome::for_form(form).typed("id")).filter(|id| !id.is_empty()).or_else(|| query(form))?;
            let account = page.accounts.iter().find(|account| account.id == id)?.clone();
            Some(Self { form, account })
        })
    }

    /// Renders the open dialog.
    pub(super) fn view(self) -> AnyView {
        let Self { form, account } = self;
        if form == "update" {
            return rename_dialog(account).into_any();
        }
        let fields = vec![("id", account.id)];
        view! {
            <ConfirmDialog form title=text::delete_title() action=text::delete_title() page=PATH fields>
                <p><Emphasis parts=text::delete_question(account.name) /></p>
                <p>{text::delete_consequence(account.keys)}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}

fn rename_dialog(account: AccountView) -> impl IntoView {
    view! {
        <PageDialog title=text::rename_title() page=PATH>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="update" />
                <input type="hidden" name="id" value=account.id />
                <TextField form="update" name="account_name" label=text::name() value=account.name first=true />
                <div class="actions end">
                    <a class="button" href=PATH>{cancel()}</a>
                    <SubmitButton form="update" label=text::rename() />
                </div>
            </form>
        </PageDialog>
    }
}
