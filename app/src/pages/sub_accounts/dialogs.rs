//! Dialogs of the sub-accounts page: rename (`?update=<id>`) and delete (`?delete=<id>`).

use super::PATH;
use crate::forms::{ConfirmDialog, FormAlert, FormOutcome, SubmitButton, TextField};
use crate::pages::query;
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
        let keys = match account.keys {
            0 => "It has no keys.".to_owned(),
            1 => "Its key is deleted and stops working at once.".to_owned(),
            keys => format!("Its {keys} keys are deleted and stop working at once."),
        };
        view! {
            <ConfirmDialog form title="Delete sub-account" action="Delete sub-account" page=PATH id=account.id>
                <p>
                    "Delete "<strong>{account.name}</strong>"? "{keys}" Its members and the accounts below it are deleted \
                    as well. This cannot be undone."
                </p>
            </ConfirmDialog>
        }
        .into_any()
    }
}

fn rename_dialog(account: AccountView) -> impl IntoView {
    view! {
        <dialog class="dialog" open aria-modal="true" aria-labelledby="question">
            <header class="dialog-head">
                <h2 id="question">"Rename sub-account"</h2>
                <a class="icon-button plain-link" href=PATH aria-label="Close">"✕"</a>
            </header>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="update" />
                <input type="hidden" name="id" value=account.id />
                <TextField form="update" name="account_name" label="Name" value=account.name first=true />
                <div class="actions end">
                    <a class="button" href=PATH>"Cancel"</a>
                    <SubmitButton form="update" label="Rename" />
                </div>
            </form>
        </dialog>
    }
}
