//! Dialogs of the members page: `?update=<member id>&role=<role>`, `?reset-password=<member id>`, `?delete=<member id>`,
//! `?delete-invitation=<id>`, `?require`. Each opens only for a viewer who may confirm it; the use case checks again.

use super::PATH;
use super::role_dialog::RoleDialog;
use super::two_factor_policy::RequireDialog;
use crate::components::Emphasis;
use crate::forms::{ConfirmDialog, FormAlert, FormOutcome};
use crate::pages::query;
use crate::text::members as text;
use domain::Role;
use domain::time::Millis;
use leptos::prelude::*;
use service::actor::Viewer;
use service::members::{MemberView, MembersView};

/// The dialog that the URL or a refused form opens.
pub enum MemberDialog {
    Update { member: MemberView, role: Role, is_self: bool },
    ResetPassword { id: String, email: String },
    Delete { id: String, email: String, is_self: bool },
    DeleteInvitation { id: String, email: String },
    Require { view: MembersView, member_id: String, now: Millis },
}

/// The value that a refused form was sent with, or that the URL has.
fn requested(form: &str, field: &str, parameter: &str) -> Option<String> {
    Some(FormOutcome::for_form(form).typed(field)).filter(|typed| !typed.is_empty()).or_else(|| query(parameter))
}

impl MemberDialog {
    pub(super) fn from_request(view: &MembersView, viewer: &Viewer, now: Millis) -> Option<Self> {
        let managed = |form: &str| {
            let id = requested(form, "id", form)?;
            view.members.iter().find(|member| member.id == id && viewer.role.may_manage(member.role)).cloned()
        };
        if let Some(member) = managed("update") {
            let role = Role::parse(&requested("update", "role", "role")?)?;
            let is_self = member.id == viewer.member_id;
            let is_change = role != member.role && viewer.role.may_manage(role);
            return is_change.then_some(Self::Update { member, role, is_self });
        }
        if let Some(MemberView { id, email, .. }) = managed("delete") {
            let is_self = id == viewer.member_id;
            return Some(Self::Delete { id, email, is_self });
        }
        if viewer.role == Role::Owner {
            if let Some(MemberView { id, email, .. }) = managed("reset-password") {
                return Some(Self::ResetPassword { id, email });
            }
            if query("require").is_some() || FormOutcome::was_refused("require") {
                return Some(Self::Require { view: view.clone(), member_id: viewer.member_id.clone(), now });
            }
        }
        let id = requested("delete-invitation", "id", "delete-invitation")?;
        let found = view.invitations.iter().find(|found| found.id == id && viewer.role.may_manage(found.role))?;
        Some(Self::DeleteInvitation { id, email: found.email.clone() })
    }

    /// Renders the open dialog.
    pub(super) fn view(self) -> AnyView {
        match self {
            Self::Update { member, role, is_self } => view! { <RoleDialog member role is_self /> }.into_any(),
            Self::ResetPassword { id, email } => reset_password(id, email).into_any(),
            Self::Delete { id, email, is_self } => delete(id, email, is_self).into_any(),
            Self::DeleteInvitation { id, email } => delete_invitation(id, email).into_any(),
            Self::Require { view, member_id, now } => view! { <RequireDialog view member_id now /> }.into_any(),
        }
    }
}

/// The errors of forms whose dialog is not open.
pub(super) fn alerts() -> impl IntoView {
    ["update", "reset-password", "delete", "delete-invitation", "require", "do-not-require"]
        .map(|form| view! { <FormAlert form /> })
        .collect_view()
}

fn delete(id: String, email: String, is_self: bool) -> impl IntoView {
    let consequence = if is_self { text::delete_own_consequence() } else { text::delete_consequence() };
    view! {
        <ConfirmDialog form="delete" title=text::delete_title() action=text::delete_title() page=PATH fields=vec![("id", id)]>
            <p><Emphasis parts=text::delete_question(email) /></p>
            <p>{consequence}</p>
        </ConfirmDialog>
    }
}

fn delete_invitation(id: String, email: String) -> impl IntoView {
    view! {
        <ConfirmDialog
            form="delete-invitation"
            title=text::delete_invitation_title()
            action=text::delete_invitation_title()
            page=PATH
            fields=vec![("id", id)]
        >
            <p><Emphasis parts=text::delete_invitation_question(email) /></p>
        </ConfirmDialog>
    }
}

fn reset_password(id: String, email: String) -> impl IntoView {
    view! {
        <ConfirmDialog
            form="reset-password"
            title=text::reset_title()
            action=text::make_link()
            page=PATH
            fields=vec![("id", id)]
            class="button primary"
        >
            <p><Emphasis parts=text::reset_question(email) /></p>
            <p>{text::reset_consequence()}</p>
            <p>{text::reset_care()}</p>
        </ConfirmDialog>
    }
}
