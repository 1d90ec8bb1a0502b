//! The dialog before a member's role is changed: what the new role may do and may not do.

use super::PATH;
use crate::components::Emphasis;
use crate::forms::ConfirmDialog;
use crate::text::members as text;
use domain::Role;
use leptos::prelude::*;
use service::members::MemberView;

/// Asks whether the member shall have this role.
#[component]
pub fn RoleDialog(member: MemberView, role: Role, is_self: bool) -> impl IntoView {
    let loses = takes_away(member.role, role);
    let warning = match (loses, is_self) {
        (true, true) => Some(text::own_role(role)),
        (true, false) if member.role == Role::Owner => Some(text::owner_loses()),
        _ => None,
    };
    let class = if loses { "button danger" } else { "button primary" };
    let fields = vec![("id", member.id), ("role", role.as_str().to_owned())];
    view! {
        <ConfirmDialog form="update" title=text::role_title() action=text::role_title() page=PATH fields class>
            <div class="stack tight">
                <p><Emphasis parts=text::role_question(&member.email, role) /></p>
                <p>{text::role_now(member.role, is_self)}</p>
            </div>
            <div class="columns">
                <Permissions id="role-can" title=text::role_can(role) list=text::permissions(role) />
                <Permissions id="role-cannot" title=text::role_cannot(role) list=text::limits(role) />
            </div>
            {warning.map(|warning| view! { <p class="note warn">{warning}</p> })}
        </ConfirmDialog>
    }
}

/// Whether a member with the role `from` can do less with the role `to`.
fn takes_away(from: Role, to: Role) -> bool {
    Role::ALL.into_iter().any(|other| from.may_manage(other) && !to.may_manage(other))
}

#[component]
fn Permissions(id: &'static str, title: String, list: Vec<&'static str>) -> impl IntoView {
    let items: Vec<_> = list.iter().map(|item| view! { <li>{*item}</li> }).collect();
    (!list.is_empty()).then(|| {
        view! {
            <section class="stack tight" aria-labelledby=id>
                <h3 id=id>{title}</h3>
                <ul class="bullets">{items}</ul>
            </section>
        }
    })
}
