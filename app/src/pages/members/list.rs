//! Tables of members and of open invitations.

use super::PATH;
use crate::text::members as text;
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
        <div class="card">
            <table class="people" aria-label=text::title()>
                <thead>
                    <tr>
                        <th scope="col">{text::email()}</th>
                        <th scope="col">{text::role()}</th>
                        <th scope="col">{text::last_signed_in()}</th>
                        <th scope="col">{text::codes()}</th>
                        <th scope="col"><span class="hidden">{text::actions()}</span></th>
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
    let (email, joined_at) = (member.email.clone(), member.joined_at);
    let role = if may_manage { role_form(&member, viewer.role).into_any() } else { member.role.label().into_any() };
    let may_reset = viewer.role == Role::Owner && !is_self;
    let reset = may_reset.then(|| {
        let href = format!("{PATH}?reset-password={}", member.id);
        view! { <a class="button" href=href aria-label=text::reset_password_of(&email)>{text::reset_password()}</a> }
    });
    let delete = may_manage.then(|| {
        let href = format!("{PATH}?delete={}", member.id);
        view! { <a class="button" href=href aria-label=text::delete_member(&email)>{text::delete()}</a> }
    });
    view! {
        <tr>
            <th scope="row" class="name">
                {member.email}
                {is_self.then(|| view! { " "<span class="tag">{text::you()}</span> })}
                <span class="sub" title=date_utc(joined_at)>{text::joined(ago(joined_at, now))}</span>
            </th>
            <td class="role">{role}</td>
            <td class="quiet seen" data-head=format!("{}:", text::last_signed_in())>
                {member.last_sign_in_at.map_or_else(|| text::never().into_any(), |at| relative_time(at, now).into_any())}
            </td>
            <td class="quiet factor" data-head=format!("{}:", text::two_factor())>{text::has_codes(member.has_two_factor)}</td>
            <td class="do"><div class="in-row">{reset} {delete}</div></td>
        </tr>
    }
}

/// Each row has its own form, which opens the dialog about the chosen role.
fn role_form(member: &MemberView, own: Role) -> impl IntoView + use<> {
    let chosen = member.role;
    let options: Vec<_> = Role::ALL
        .into_iter()
        .filter(|role| own.may_manage(*role))
        .map(|role| view! { <option value=role.as_str() selected=role == chosen>{role.label()}</option> })
        .collect();
    view! {
        <form method="get" action=PATH class="in-row">
            <input type="hidden" name="update" value=member.id.clone() />
            <select class="input" name="role" aria-label=text::role_of(&member.email)>{options}</select>
            <button class="button" type="submit" aria-label=text::change_role_of(&member.email)>{text::change()}</button>
        </form>
    }
}

fn relative_time(at: Millis, now: Millis) -> impl IntoView {
    view! { <time datetime=iso(at) title=date_utc(at)>{ago(at, now)}</time> }
}

/// Invitations that were not accepted yet.
#[component]
pub fn InvitationTable(invitations: Vec<InvitationView>, viewer_role: Role) -> impl IntoView {
    if invitations.is_empty() {
        return ().into_any();
    }
    let row = |invitation: InvitationView| {
        let delete = viewer_role.may_manage(invitation.role).then(|| {
            let href = format!("{PATH}?delete-invitation={}", invitation.id);
            view! { <a class="button" href=href aria-label=text::delete_invitation(&invitation.email)>{text::delete()}</a> }
        });
        view! {
            <tr>
                <th scope="row" class="name">{invitation.email}</th>
                <td class="role">{invitation.role.label()}</td>
                <td class="quiet joined">
                    {text::link_works_until(date_time_utc(invitation.expires_at))}
                </td>
                <td class="do">{delete}</td>
            </tr>
        }
    };
    let rows: Vec<_> = invitations.into_iter().map(row).collect();
    view! {
        <section class="card" aria-labelledby="invited">
            <h2 id="invited" class="card-head">{text::invited()}</h2>
            <table class="people" aria-labelledby="invited">
                <thead>
                    <tr>
                        <th scope="col">{text::email()}</th>
                        <th scope="col">{text::role()}</th>
                        <th scope="col">{text::link()}</th>
                        <th scope="col"><span class="hidden">{text::actions()}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
