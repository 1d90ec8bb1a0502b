//! Who makes a request: [`Identity`] recognizes members and programs. What they show for it comes from
//! [`MemberSessions`] (signing in, with a second factor for members who use one, and out), [`InitialSetup`] (the first
//! account), [`PasswordResets`] (lost passwords) and [`OperatorTokens`]. What an actor may do is in `actor`; a member's
//! own password and codes in `security`.

mod actors;
mod password_reset;
mod second_factor;
mod sessions;
mod setup;
mod sign_in;
mod tokens;
mod viewer;

pub use password_reset::PasswordResetRequest;
pub use tokens::{NewToken, TokenView};

use crate::context::Context;
use crate::credentials::Credentials;
use setup::SetupLink;
use std::sync::Arc;

/// Identifies the actor of a request: by a session, an operator token or an API key.
#[derive(Clone)]
pub struct Identity {
    context: Arc<Context>,
}

impl Identity {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }
}

/// The sessions of members: signing in and out.
#[derive(Clone)]
pub struct MemberSessions {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
}

impl MemberSessions {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials }
    }
}

/// The first account and its owner, created once by the holder of the set-up link.
#[derive(Clone)]
pub struct InitialSetup {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
    link: Arc<SetupLink>,
}

impl InitialSetup {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials, link: Arc::default() }
    }
}

/// Lost passwords: one-time links for a new one.
#[derive(Clone)]
pub struct PasswordResets {
    context: Arc<Context>,
    credentials: Arc<Credentials>,
}

impl PasswordResets {
    pub(crate) fn new(context: Arc<Context>, credentials: Arc<Credentials>) -> Self {
        Self { context, credentials }
    }
}

/// Operator tokens: creating, listing and deleting them.
#[derive(Clone)]
pub struct OperatorTokens {
    context: Arc<Context>,
}

impl OperatorTokens {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }
}
