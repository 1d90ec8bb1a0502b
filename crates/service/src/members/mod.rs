//! The members of an account: create, invite, join, list, update, delete. Signing in is in `identity`, a member's own
//! password and codes in `security`.

mod create;
mod delete;
mod invitations;
mod join;
mod list;
mod reset;
mod reset_links;
mod sign_in_rules;
mod update;

pub use invitations::{INVITATION_LIFETIME, InviteForm, NewInvitation};
pub use join::InvitationOffer;
pub use list::{InvitationView, MemberView, MembersView};

use crate::context::Context;
use crate::credentials::Credentials;
use std::sync::Arc;

/// The members of an account, and invitations to it.
#[derive(Clone)]
pub struct Members {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
}

impl Members {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials }
    }
}
