//! Tables of members and of open invitations.

use super::PATH;
use crate::forms::{AccountInput, FormAlert};
use domain::Role;
use domain::time::{Millis, ago, date_time_utc, date_utc, iso};
use leptos::prelude::*;
use service::actor::Viewer;
use service::members::{InvitationView, MemberView};

/// One row per member, with the actions that this viewer may take.
#[component]
pub fn MemberTable(members: Vec<MemberView>, viewer: Viewer, now: Millis) -> impl IntoView {
    let rows: Vec<_> = members.into_iter().map(|member| row(member, &viewer, now)).collect();
    view! {
        <FormAlert form="update" />
        <div class="card">
            <table class="people" aria-label="Members">
                <thead>
                    <tr>
                        <th scope="col">"Email"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Joined"</th>
                        <th scope="col">"Last signed in"</th>
                        <th scope="col">"Two-factor codes"</th>
                        <th scope="col"><span class="hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(member: MemberView, viewer: &Viewer, now: Millis) -> impl IntoView + use<> {
    let may_manage = viewer.role.may_manage(member.role);
    let is_self = member.id == viewer.member_id;
    let email = member.email.clone();
    let role = if may_manage { role_form(&member, viewer.role).into_any() } else { member.role.label().into_any() };
    let delete = may_manage.then(|| {
        let label = format!("Delete {email}");
        view! { <a class="button" href=format!("{PATH}?delete={}", member.id) aria-label=label>"Delete"</a> }
    });
    view! {
        <tr>
            <th scope="row" class="name">
                {member.email}
                {is_self.then(|| view! { " "<span class="tag">"You"</span> })}
            </th>
            <td class="role">{role}</td>
            <td class="quiet joined" data-head="Joined">{relative_time(member.joined_at, now)}</td>
            <td class="quiet seen" data-head="Last signed in:">
                {member.last_sign_in_at.map_or_else(|| "Never".into_any(), |at| relative_time(at, now).into_any())}
            </td>
            <td class="quiet factor" data-head="Two-factor codes:">{if member.has_two_factor { "On" } else { "Off" }}</td>
            <td class="do">{delete}</td>
        </tr>
    }
}

/// Each row has its own form, so that it works without scripts.
fn role_form(member: &MemberView, own: Role) -> impl IntoView + use<> {
    let chosen = member.role;
    let options: Vec<_> = Role::ALL
        .into_iter()
        .filter(|role| own.may_manage(*role))
        .map(|role| view! { <option value=role.as_str() selected=role == chosen>{role.label()}</option> })
        .collect();
    let label = format!("Role of {}", member.email);
    let save = format!("Save the role of {}", member.email);
    view! {
        <form method="post" action=PATH class="in-row">
            <AccountInput />
            <input type="hidden" name="id" value=member.id.clone() />
            <select class="input" name="role" aria-label=label>{options}</select>
            <button class="button" type="submit" name="do" value="update" aria-label=save>"Save"</button>
        </form>
    }
}

pub(super) fn relative_time(at: Millis, now: Millis) -> impl IntoView {
    view! { <time datetime=iso(at) title=date_utc(at)>{ago(at, now)}</time> }
}

/// Invitations that were not accepted yet.
#[component]
pub fn InvitationTable(invitations: Vec<InvitationView>, may_invite: bool) -> impl IntoView {
    if invitations.is_empty() {
        return ().into_any();
    }
    let row = |invitation: InvitationView| {
        let label = format!("Delete the invitation of {}", invitation.email);
        let delete = may_invite.then(|| {
            view! { <a class="button" href=format!("{PATH}?delete-invitation={}", invitation.id) aria-label=label>"Delete"</a> }
        });
        view! {
            <tr>
                <th scope="row" class="name">{invitation.email}</th>
                <td class="role">{invitation.role.label()}</td>
                <td class="quiet joined">
                    {format!("Link works until {}", date_time_utc(invitation.expires_at))}
                </td>
                <td class="do">{delete}</td>
            </tr>
        }
    };
    let rows: Vec<_> = invitations.into_iter().map(row).collect();
    view! {
        <section class="card" aria-labelledby="invited">
            <h2 id="invited" class="card-head">"Invited"</h2>
            <table class="people" aria-labelledby="invited">
                <thead>
                    <tr>
                        <th scope="col">"Email"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Link"</th>
                        <th scope="col"><span class="hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
