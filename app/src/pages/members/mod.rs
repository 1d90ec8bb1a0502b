//! `/settings/members`: members, invitations, and the account's two-factor policy.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod dialogs;
mod invite;
mod list;
mod new_links;
mod role_dialog;
mod two_factor_policy;

use crate::forms::{SettingsPage, SuccessNote};
use crate::text::Text;
use crate::text::members as text;
use dialogs::MemberDialog;
use domain::time::Millis;
use invite::InviteMemberForm;
use leptos::prelude::*;
use list::{InvitationTable, MemberTable};
use new_links::NewLink;
use service::actor::{Actor, Viewer};
use service::members::MembersView;
use two_factor_policy::TwoFactorPolicy;

/// Path of the page.
pub const PATH: &str = "/settings/members";

const DONE: &[(&str, Text)] = &[
    ("updated", text::role_updated),
    ("deleted", text::member_deleted),
    ("invitation-deleted", text::invitation_deleted),
    ("required", text::codes_required),
    ("planned", text::codes_planned),
    ("not-required", text::codes_optional),
];

/// The page, in the settings layout.
#[component]
pub fn MembersPage() -> impl IntoView {
    view! { <SettingsPage title=text::title() path=PATH load render dialog /> }
}

async fn load(_: crate::context::Visitor, viewer: Viewer) -> Result<(MembersView, Millis), crate::AppError> {
    let keyhatch = crate::context::app_state()?.keyhatch;
    let account = viewer.shown_account().to_owned();
    let members = keyhatch.members().list(&Actor::Member(viewer), &account).await?;
    Ok((members, keyhatch.now()))
}

fn dialog(viewer: &Viewer, (view, now): &(MembersView, Millis)) -> Option<AnyView> {
    MemberDialog::from_request(view, viewer, *now).map(MemberDialog::view)
}

fn render(viewer: Viewer, (view, now): (MembersView, Millis)) -> impl IntoView {
    let has_dialog = MemberDialog::from_request(&view, &viewer, now).is_some();
    let may_invite = viewer.role.may_manage(domain::Role::Viewer);
    let account = viewer.shown_account_name().to_owned();
    let role = viewer.role;
    let policy = view! { <TwoFactorPolicy view=view.clone() role /> };
    view! {
        <div class="pile">
            <div class="page-head">
                <div>
                    <h1>{text::title()}</h1>
                    <p>{text::lead(&account)}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            // A dialog about a deleted member or invitation no longer opens, so its error is shown here.
            {(!has_dialog).then(dialogs::alerts)}
            <NewLink now />
            <MemberTable members=view.members viewer now />
            <InvitationTable invitations=view.invitations viewer_role=role />
            {may_invite.then(|| view! { <InviteMemberForm role /> })}
            {policy}
        </div>
    }
}
