//! `/settings/members`: members, invitations, and the account's two-factor policy.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod confirmations;
mod invite;
mod list;
mod two_factor_policy;

use crate::forms::{FormAlert, FormOutcome, OneTimeSecret, SettingsPage, SuccessNote};
use confirmations::MemberConfirmation;
use invite::{InviteMemberForm, NewInvitationLink};
use leptos::prelude::*;
use list::{InvitationTable, MemberTable};
use service::actor::{Actor, Viewer};
use service::members::MembersView;
use two_factor_policy::TwoFactorPolicy;

/// Path of the page.
pub const PATH: &str = "/settings/members";

const DONE: &[(&str, &str)] = &[
    ("updated", "The role was updated. It applies from the member's next request."),
    ("deleted", "The member was deleted and signed out everywhere. Keys they created keep working."),
    ("invitation-deleted", "The invitation was deleted. Its link no longer works."),
    ("required", "Two-factor codes are now required for every member."),
    ("not-required", "Two-factor codes are no longer required."),
];

/// The page, in the settings layout.
#[component]
pub fn MembersPage() -> impl IntoView {
    view! { <SettingsPage title="Members" path=PATH load render /> }
}

async fn load(_: crate::context::Visitor, viewer: Viewer) -> Result<(MembersView, i64), crate::AppError> {
    let keyhatch = crate::context::app_state()?.keyhatch;
    let account = viewer.shown_account().to_owned();
    let members = keyhatch.members().list(&Actor::Member(viewer), &account).await?;
    Ok((members, keyhatch.now()))
}

fn render(viewer: Viewer, (view, now): (MembersView, i64)) -> impl IntoView {
    let dialog = MemberConfirmation::from_request(&view);
    let has_dialog = dialog.is_some();
    let is_owner = viewer.role == domain::Role::Owner;
    let may_invite = viewer.role.may_manage(domain::Role::Viewer);
    let link = match FormOutcome::one_time_secret() {
        Some(OneTimeSecret::Invitation { email, link, mailed }) => Some((email, link, mailed)),
        _ => None,
    };
    let account = viewer.shown_account_name().to_owned();
    let role = viewer.role;
    view! {
        <div class="pile" inert=has_dialog>
            <div class="page-head">
                <div>
                    <h1>"Members"</h1>
                    <p>{format!("People who can use the console of {account}. Each signs in with their own email.")}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            // A dialog about a deleted member or invitation no longer opens, so its error is shown here.
            {(!has_dialog).then(|| view! { <FormAlert form="delete" /><FormAlert form="delete-invitation" /> })}
            {link.map(|(email, link, mailed)| view! { <NewInvitationLink email link mailed /> })}
            <MemberTable members=view.members viewer now />
            <InvitationTable invitations=view.invitations may_invite />
            {may_invite.then(|| view! { <InviteMemberForm role /> })}
            {is_owner.then(|| view! { <TwoFactorPolicy required=view.requires_two_factor /> })}
        </div>
        {dialog.map(MemberConfirmation::view)}
    }
}
