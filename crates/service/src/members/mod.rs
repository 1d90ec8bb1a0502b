//! Who belongs to an account: list, invite, join, change role, remove. How one signs in is in `access`, a member's own
//! password and codes in `security`.

mod create;
mod invite;
mod join;
mod list;
mod operate;
mod remove;
mod role;
mod sign_in_rules;

pub use invite::{INVITATION_LIFETIME, InviteForm, Invited};
pub use join::Offer;
pub use list::{InvitationView, MemberView, MembersView};
