//! What is asked before a sub-account is renamed or closed: `?rename=<id>`, `?close=<id>`.

use super::PATH;
use crate::forms::{ConfirmDialog, FormAlert, FormOutcome, SubmitButton, TextField};
use crate::pages::query;
use domain::listing::{AccountPage, AccountView};
use leptos::prelude::*;

/// The question that the address, or a refused answer to it, asks; none about an account that is not in the list.
pub struct Question {
    form: &'static str,
    account: AccountView,
}

impl Question {
    pub(super) fn asked(page: &AccountPage) -> Option<Self> {
        ["rename", "close"].into_iter().find_map(|form| {
            let id =
                Some(FormOutcome::for_form(form).typed("id")).filter(|id| !id.is_empty()).or_else(|| query(form))?;
            let account = page.accounts.iter().find(|account| account.id == id)?.clone();
            Some(Self { form, account })
        })
    }

    /// The open dialog.
    pub(super) fn view(self) -> AnyView {
        let Self { form, account } = self;
        if form == "rename" {
            return rename(account).into_any();
        }
        let keys = match account.keys {
            0 => "It has no keys.".to_owned(),
            1 => "Its key is deleted and lets nothing in any more.".to_owned(),
            keys => format!("Its {keys} keys are deleted and let nothing in any more."),
        };
        view! {
            <ConfirmDialog form title="Close sub-account" action="Close sub-account" page=PATH id=account.id>
                <p>
                    "Close "<strong>{account.name}</strong>" for good? "{keys}" Its members are removed, and accounts below it \
                    are closed as well. This cannot be undone."
                </p>
            </ConfirmDialog>
        }
        .into_any()
    }
}

fn rename(account: AccountView) -> impl IntoView {
    view! {
        <dialog class="dialog" open aria-modal="true" aria-labelledby="question">
            <header class="dialog-head">
                <h2 id="question">"Rename sub-account"</h2>
                <a class="icon-button plain-link" href=PATH aria-label="Close">"✕"</a>
            </header>
            <form method="post" action=PATH class="stack" novalidate>
                <FormAlert form="rename" />
                <input type="hidden" name="id" value=account.id />
                <TextField form="rename" name="account_name" label="Name" value=account.name first=true />
                <div class="actions end">
                    <a class="button" href=PATH>"Cancel"</a>
                    <SubmitButton form="rename" label="Rename" />
                </div>
            </form>
        </dialog>
    }
}
