//! The questions before a member is removed or an invitation withdrawn: `?remove=<id>`, `?withdraw=<id>`.

use super::PATH;
use crate::forms::{ConfirmDialog, FormOutcome};
use crate::pages::query;
use leptos::prelude::*;
use service::members::MembersView;

/// The question that the address, or a refused answer to it, asks; none about somebody who is not in the list.
pub struct Question {
    form: &'static str,
    id: String,
    email: String,
}

impl Question {
    pub(super) fn asked(view: &MembersView) -> Option<Self> {
        let id = |form: &'static str| {
            Some(FormOutcome::for_form(form).typed("id")).filter(|id| !id.is_empty()).or(query(form))
        };
        let remove = id("remove").and_then(|id| {
            let member = view.members.iter().find(|member| member.id == id)?;
            Some(Self { form: "remove", id, email: member.email.clone() })
        });
        remove.or_else(|| {
            let id = id("withdraw")?;
            let found = view.invitations.iter().find(|invitation| invitation.id == id)?;
            Some(Self { form: "withdraw", id, email: found.email.clone() })
        })
    }
}

impl Question {
    /// The open dialog.
    pub(super) fn view(self) -> AnyView {
        let Self { form, id, email } = self;
        if form == "remove" {
            view! {
                <ConfirmDialog form title="Remove member" action="Remove member" page=PATH id>
                    <p>
                        "Remove "<strong>{email}</strong>"? They are signed out everywhere at once and can no longer open this \
                        account. Keys that they made stay and go on working."
                    </p>
                </ConfirmDialog>
            }
            .into_any()
        } else {
            view! {
                <ConfirmDialog form title="Withdraw invitation" action="Withdraw invitation" page=PATH id>
                    <p>"Withdraw the invitation of "<strong>{email}</strong>"? Its link will not work any longer."</p>
                </ConfirmDialog>
            }
            .into_any()
        }
    }
}
