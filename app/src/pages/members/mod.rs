//! `/settings/members`: who belongs to the account, who is invited, and how they have to sign in.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod invite;
mod list;
mod questions;
mod rules;

use crate::forms::{FormAlert, FormOutcome, OneTimeSecret, SettingsPage, SuccessNote};
use invite::{Invite, NewLink};
use leptos::prelude::*;
use list::{Invitations, MemberTable};
use questions::Question;
use rules::SignInRules;
use service::access::{Actor, Viewer};
use service::members::MembersView;

/// Where the page is.
pub const PATH: &str = "/settings/members";

const DONE: &[(&str, &str)] = &[
    ("role", "The role is changed. It holds from the member's next request on."),
    ("removed", "The member is removed and signed out everywhere. Keys that they made stay."),
    ("withdrawn", "The invitation is withdrawn. Its link works no longer."),
    ("required", "Two-factor codes are required of every member now."),
    ("not-required", "Two-factor codes are no longer required."),
];

/// The page.
#[component]
pub fn MembersPage() -> impl IntoView {
    view! { <SettingsPage title="Members" path=PATH load render /> }
}

async fn load(_: crate::context::Visitor, viewer: Viewer) -> Result<(MembersView, i64), crate::Problem> {
    let keyhatch = crate::context::console()?.keyhatch;
    let account = viewer.shown_account().to_owned();
    let members = keyhatch.list_members(&Actor::Member(viewer), &account).await?;
    Ok((members, keyhatch.now()))
}

fn render(viewer: Viewer, (view, now): (MembersView, i64)) -> impl IntoView {
    let question = Question::asked(&view);
    let is_asked = question.is_some();
    let is_owner = viewer.role == domain::Role::Owner;
    let may_invite = viewer.role.may_manage(domain::Role::Viewer);
    let link = match FormOutcome::one_time_secret() {
        Some(OneTimeSecret::Invitation { email, link, mailed }) => Some((email, link, mailed)),
        _ => None,
    };
    let account = viewer.shown_account_name().to_owned();
    let role = viewer.role;
    view! {
        <div class="pile" inert=is_asked>
            <div class="page-head">
                <div>
                    <h1>"Members"</h1>
                    <p>{format!("People who may open the console of {account}. Each signs in with their own email.")}</p>
                </div>
            </div>
            <SuccessNote messages=DONE />
            // The question about somebody who is gone has closed, so its message stands here.
            {(!is_asked).then(|| view! { <FormAlert form="remove" /><FormAlert form="withdraw" /> })}
            {link.map(|(email, link, mailed)| view! { <NewLink email link mailed /> })}
            <MemberTable members=view.members viewer now />
            <Invitations invitations=view.invitations may_invite />
            {may_invite.then(|| view! { <Invite role /> })}
            {is_owner.then(|| view! { <SignInRules required=view.requires_two_factor /> })}
        </div>
        {question.map(Question::view)}
    }
}
