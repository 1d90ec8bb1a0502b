//! Members and invitations: `/settings/members` and `/invite`. A pair of texts stands around a name.

use domain::Role;

pub const TITLE: &str = "Members";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
/// Below the heading.
pub fn lead(account: &str) -> String {
    format!("Everyone who can sign in to {account}, each with their own email.")
}

pub const ROLE_UPDATED: &str = "The role was changed. It applies from the member's next request.";
pub const MEMBER_DELETED: &str = "The member was deleted and signed out everywhere. Keys they created keep working.";
pub const INVITATION_DELETED: &str = "The invitation was deleted. Its link no longer works.";
pub const CODES_REQUIRED: &str = "Two-factor codes are now required.";
pub const CODES_PLANNED: &str = "The date was saved. Members without two-factor codes see a note until then.";
pub const CODES_OPTIONAL: &str = "Two-factor codes are optional.";

pub const EMAIL: &str = "Email";
pub const ROLE: &str = "Role";
/// Below the email; `ago` is a time such as `3 days ago`.
pub fn joined(ago: &str) -> String {
    format!("Joined {ago}")
}
pub const LAST_SIGNED_IN: &str = "Last signed in";
/// Column of a narrow table.
pub const CODES: &str = "Codes";
pub const TWO_FACTOR: &str = "Two-factor codes";
pub const ACTIONS: &str = "Actions";
pub const YOU: &str = "You";
pub const NEVER: &str = "Never";
/// Whether a member uses two-factor codes.
pub fn has_codes(on: bool) -> &'static str {
    if on { "On" } else { "Off" }
}
/// Accessible name of a role's select box.
pub fn role_of(email: &str) -> String {
    format!("Role of {email}")
}
pub const CHANGE: &str = "Change";
/// Accessible name of the button beside it.
pub fn change_role_of(email: &str) -> String {
    format!("Change the role of {email}")
}
pub const DELETE: &str = "Delete";
/// Accessible name of a member's or an invitation's link.
pub fn delete_member(email: &str) -> String {
    format!("Delete {email}")
}
pub const RESET_PASSWORD: &str = "Reset password";
/// Accessible name of a member's link.
pub fn reset_password_of(email: &str) -> String {
    format!("Reset password of {email}")
}

pub const INVITED: &str = "Invited";
pub const LINK: &str = "Link";
/// `at` is a date and time.
pub fn link_works_until(at: &str) -> String {
    format!("Link works until {at}")
}
/// Accessible name of an invitation's link.
pub fn delete_invitation(email: &str) -> String {
    format!("Delete the invitation of {email}")
}

pub const INVITE_TITLE: &str = "Invite a member";
pub const INVITE: &str = "Invite";
pub const INVITE_EMAIL_HINT: &str = "They sign in with it.";
pub const ROLE_HINT: &str = "Viewers only look, admins manage keys and members, owners manage everything.";

/// Heading of a new invitation.
pub fn invited(email: &str) -> String {
    format!("{email} is invited")
}
/// What to do with the link of a new invitation; `mailed` is `None` without a mail server.
pub fn hand_over_invitation(email: &str, mailed: Option<bool>) -> String {
    match mailed {
        Some(true) => format!("We mailed it to {email}. You can also give them this link yourself."),
        Some(false) => format!("The mail to {email} could not be sent. Give them this link yourself."),
        None => format!("Give {email} this link."),
    }
}
pub const INVITATION_TERMS: &str = "It works once, for 7 days. You won't be able to see it again, so copy it now.";
pub const INVITATION_LINK: &str = "Invitation link";

/// Heading of a new link to reset a password.
pub fn can_reset(email: &str) -> String {
    format!("A link for {email}")
}
/// What to do with it; `until` is a date and time.
pub fn hand_over_reset(email: &str, until: &str) -> String {
    format!(
        "Give {email} this link to choose a new password. It works once, until {until}. You won't be able to see it again, so \
         copy it now."
    )
}
pub const RESET_LINK: &str = "Password link";

pub const DELETE_TITLE: &str = "Delete member";
pub const DELETE_QUESTION: [&str; 2] = ["Delete ", "?"];
pub const DELETE_CONSEQUENCE: &str = "They are signed out everywhere and can no longer open this account. Keys they created keep \
                                      working.";
pub const DELETE_OWN_CONSEQUENCE: &str =
    "This is you: you will be signed out at once and can no longer open this account.";
pub const DELETE_INVITATION_TITLE: &str = "Delete invitation";
pub const DELETE_INVITATION_QUESTION: [&str; 2] = ["Delete the invitation of ", "? Its link will stop working."];

pub const RESET_TITLE: &str = "Reset password";
pub const RESET_QUESTION: [&str; 2] = ["Make a link with which ", " can choose a new password?"];
pub const RESET_CONSEQUENCE: &str = "It works once, for one hour. Until it is used, nothing changes; then they are signed out \
                                     everywhere. Two-factor codes stay as they are.";
pub const RESET_CARE: &str = "Anyone who opens the link can set the password, so send it privately.";
pub const MAKE_LINK: &str = "Make link";

pub const ROLE_TITLE: &str = "Change role";
/// Around the member's email.
pub fn role_question(role: Role) -> [String; 2] {
    ["Make ".to_owned(), format!(" {}?", a_role(role))]
}
/// The role that the member has, who may be the reader.
pub fn role_now(role: Role, is_self: bool) -> String {
    format!("{} are {} now.", if is_self { "You" } else { "They" }, a_role(role))
}
/// Heading of what a role may do.
pub fn role_can(role: Role) -> String {
    format!("{} can", capitalized(a_role(role)))
}
/// Heading of what a role may not do.
pub fn role_cannot(role: Role) -> String {
    format!("{} cannot", capitalized(a_role(role)))
}
/// What a role may do.
pub fn permissions(role: Role) -> &'static [&'static str] {
    match role {
        Role::Owner => &[
            "do everything with keys, sub-accounts and members",
            "make and remove owners",
            "require two-factor codes",
            "reset the passwords of members",
        ],
        Role::Admin => &[
            "create, edit, rotate, disable and delete keys",
            "manage sub-accounts",
            "invite, change and delete admins and viewers",
        ],
        Role::Viewer => &["see keys, members and activity", "test keys"],
    }
}
/// What a role may not do; empty for owners.
pub fn limits(role: Role) -> &'static [&'static str] {
    match role {
        Role::Owner => &[],
        Role::Admin => &["make, change or delete owners", "require two-factor codes", "reset the passwords of members"],
        Role::Viewer => &["create or change keys", "see or open sub-accounts", "invite or change members"],
    }
}
pub const OWNER_LOSES: &str = "This takes away owner rights. Only another owner can give them back.";
/// A member lowers their own role.
pub fn own_role(role: Role) -> &'static str {
    match role {
        Role::Viewer => {
            "This is your own role. You will no longer be able to change anything on this page, not even to undo this."
        }
        _ => "This is your own role. You will lose owner rights at once, and only another owner can give them back.",
    }
}

pub const JOIN_TITLE: &str = "Join the account";
/// Around the account's name.
pub fn join_lead(role: Role) -> [String; 2] {
    ["You are invited to ".to_owned(), format!(" as {}. Choose a password to join.", a_role(role))]
}
pub const JOIN_EMAIL_HINT: &str = "You sign in with it.";
pub const PASSWORD: &str = "Password";
pub const JOIN: &str = "Join";
pub const INVITATION_CLOSED_TITLE: &str = "This invitation cannot be used";
pub const GO_TO_SIGN_IN: &str = "Go to sign in";

fn a_role(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Admin => "an admin",
        Role::Viewer => "a viewer",
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
