//! Confirmation dialogs of the members page: `?delete=<member id>`, `?delete-invitation=<id>`.

use super::PATH;
use crate::forms::{ConfirmDialog, FormOutcome};
use crate::pages::query;
use leptos::prelude::*;
use service::members::MembersView;

/// The dialog that the URL or a refused form opens, if its member or invitation is in the list.
pub struct MemberConfirmation {
    form: &'static str,
    id: String,
    email: String,
}

impl MemberConfirmation {
    pub(super) fn from_request(view: &MembersView) -> Option<Self> {
        let id = |form: &'static str| {
            Some(FormOutcome::for_form(form).typed("id")).filter(|id| !id.is_empty()).or(query(form))
        };
        let delete = id("delete").and_then(|id| {
            let member = view.members.iter().find(|member| member.id == id)?;
            Some(Self { form: "delete", id, email: member.email.clone() })
        });
        delete.or_else(|| {
            let id = id("delete-invitation")?;
            let found = view.invitations.iter().find(|invitation| invitation.id == id)?;
            Some(Self { form: "delete-invitation", id, email: found.email.clone() })
        })
    }
}

impl MemberConfirmation {
    /// Renders the open dialog.
    pub(super) fn view(self) -> AnyView {
        let Self { form, id, email } = self;
        if form == "delete" {
            view! {
                <ConfirmDialog form title="Delete member" action="Delete member" page=PATH id>
                    <p>
                        "Delete "<strong>{email}</strong>"? They are signed out everywhere at once and can no longer open this \
                        account. Keys they created keep working."
                    </p>
                </ConfirmDialog>
            }
            .into_any()
        } else {
            view! {
                <ConfirmDialog form title="Delete invitation" action="Delete invitation" page=PATH id>
                    <p>"Delete the invitation of "<strong>{email}</strong>"? Its link will stop working."</p>
                </ConfirmDialog>
            }
            .into_any()
        }
    }
}
