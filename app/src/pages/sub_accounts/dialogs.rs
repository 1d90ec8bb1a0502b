//! Dialogs of the sub-accounts page: rename (`?update=<id>`) and delete (`?delete=<id>`).

use super::PATH;
use crate::forms::{Around, ConfirmDialog, FormAlert, FormOutcome, PageDialog, SubmitButton, TextField};
use crate::pages::query;
use crate::text::members::CANCEL;
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
            <ConfirmDialog form title=text::DELETE_TITLE action=text::DELETE_TITLE page=PATH fields>
                <Around texts=text::DELETE_QUESTION.map(ToOwned::to_owned) name=account.name />
                <p>{text::delete_consequence(account.keys)}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}

fn rename_dialog(account: AccountView) -> impl IntoView {
    view! {
        <PageDialog title=text::RENAME_TITLE page=PATH>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="update" />
                <input type="hidden" name="id" value=account.id />
                <TextField form="update" name="account_name" label=text::NAME value=account.name first=true />
                <div class="actions end">
                    <a class="button" href=PATH>{CANCEL}</a>
                    <SubmitButton form="update" label=text::RENAME />
                </div>
            </form>
        </PageDialog>
    }
}
