//! Members and invitations: `/settings/members` and `/invite`.

use domain::Role;
use i18n::TextPart;

i18n::texts! { "members";
    title,
    cancel,
    close,
    role_updated,
    member_deleted,
    invitation_deleted,
    codes_required,
    codes_planned,
    codes_optional,
    email,
    role,
    last_signed_in,
    codes,
    two_factor,
    actions,
    you,
    never,
    change,
    delete,
    reset_password,
    invited,
    link,
    invite_title,
    invite,
    invite_email_hint,
    role_hint,
    invitation_terms,
    invitation_link,
    reset_link,
    delete_title,
    delete_consequence,
    delete_own_consequence,
    delete_invitation_title,
    reset_title,
    reset_consequence,
    reset_care,
    make_link,
    role_title,
    owner_loses,
    join_title,
    join_email_hint,
    password,
    join,
    invitation_closed_title,
    go_to_sign_in,
    lead(account),
    joined(ago),
    role_of(email),
    change_role_of(email),
    delete_member(email),
    reset_password_of(email),
    link_works_until(at),
    delete_invitation(email),
    is_invited(email),
    can_reset(email),
    hand_over_reset(email, until),
    delete_question[email],
    delete_invitation_question[email],
    reset_question[email],
    role_question_to[email, role],
    join_lead_to[account, role],
    role_now_is(role, whose),
    role_can_do(role),
    role_cannot_do(role),
    codes_on,
    codes_off,
    invitation_mailed(email),
    invitation_not_mailed(email),
    hand_over_invitation_to(email),
    own_role_viewer,
    own_role_other,
    owner_keys,
    owner_owners,
    owner_codes,
    owner_passwords,
    admin_keys,
    admin_sub_accounts,
    admin_members,
    admin_no_owners,
    viewer_see,
    viewer_test,
    viewer_no_keys,
    viewer_no_sub_accounts,
    viewer_no_members,
}

/// What a role may do.
pub fn permissions(role: Role) -> Vec<&'static str> {
    match role {
        Role::Owner => vec![owner_keys(), owner_owners(), owner_codes(), owner_passwords()],
        Role::Admin => vec![admin_keys(), admin_sub_accounts(), admin_members()],
        Role::Viewer => vec![viewer_see(), viewer_test()],
    }
}

/// What a role may not do; empty for owners.
pub fn limits(role: Role) -> Vec<&'static str> {
    match role {
        Role::Owner => Vec::new(),
        Role::Admin => vec![admin_no_owners(), owner_codes(), owner_passwords()],
        Role::Viewer => vec![viewer_no_keys(), viewer_no_sub_accounts(), viewer_no_members()],
    }
}

/// Whether a member uses two-factor codes.
pub fn has_codes(on: bool) -> &'static str {
    if on { codes_on() } else { codes_off() }
}

/// What to do with the link of a new invitation; `mailed` is `None` without a mail server.
pub fn hand_over_invitation(email: &str, mailed: Option<bool>) -> String {
    match mailed {
        Some(true) => invitation_mailed(email),
        Some(false) => invitation_not_mailed(email),
        None => hand_over_invitation_to(email),
    }
}

/// Asks whether a member shall have this role.
pub fn role_question(email: &str, role: Role) -> Vec<TextPart> {
    role_question_to(email, role.as_str())
}

/// Whereto a person is invited.
pub fn join_lead(account: &str, role: Role) -> Vec<TextPart> {
    join_lead_to(account, role.as_str())
}

/// The role that the member has, who may be the reader.
pub fn role_now(role: Role, is_self: bool) -> String {
    role_now_is(role.as_str(), if is_self { "own" } else { "other" })
}

/// Heading of what a role may do.
pub fn role_can(role: Role) -> String {
    role_can_do(role.as_str())
}

/// Heading of what a role may not do.
pub fn role_cannot(role: Role) -> String {
    role_cannot_do(role.as_str())
}

/// A member lowers their own role.
pub fn own_role(role: Role) -> &'static str {
    if role == Role::Viewer { own_role_viewer() } else { own_role_other() }
}
